"""Jobs that keep similar questions findable; each may run twice with the same result."""

from passeur.foundation import jobs

from ..services import similarity


@jobs.task(queue="indexing", retry=8)
def index_similar(ids: list[int]) -> None:
    """These questions changed, or are gone."""
    similarity.index_questions(ids)


@jobs.task(queue="indexing", retry=3, lock="index_all_similar")
def index_all_similar() -> None:
    """Anything may have changed: after an import."""
    similarity.index_questions()


@jobs.task(queue="indexing", retry=3, lock="keep_lists_of_what_is_close", cron="*/10 * * * *")
def keep_close_lists(timestamp: int) -> None:
    """What no change has made: after an import, or where many things moved a little."""
    similarity.keep_lists_of_the_latest()
