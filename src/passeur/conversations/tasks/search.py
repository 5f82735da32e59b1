"""Jobs that keep conversations findable; each may run twice with the same result."""

from passeur.foundation import jobs

from ..services import indexing, searching


@jobs.task(queue="indexing", retry=8)
def index_conversations(ids: list[int]) -> None:
    """These conversations changed, or are gone."""
    indexing.index(ids)


@jobs.task(queue="indexing", retry=3, lock="index_all_conversations")
def index_all_conversations() -> None:
    """Anything may have changed: after an import."""
    indexing.index()


@jobs.task(queue="indexing", retry=8)
def index_theme(theme: int) -> None:
    """The name or the synonyms of a theme changed."""
    indexing.index_theme(theme)


@jobs.task(retry=3, cron="40 2 * * *")
def forget_old_misses(timestamp: int) -> None:
    """What was looked for in vain long ago is no need of today."""
    searching.forget_old_misses()
