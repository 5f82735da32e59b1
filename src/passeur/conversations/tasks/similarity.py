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
