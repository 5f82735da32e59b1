"""Jobs that tell the measures how exchanges stand; each may run twice with the same result."""

from passeur.foundation import jobs

from ..services import lasting, telling


@jobs.task(queue="indexing", retry=8)
def tell_exchanges(ids: list[int]) -> None:
    """These changed, or are gone."""
    telling.tell(ids)
    lasting.tell(ids)


@jobs.task(queue="upkeep", retry=3, lock="tell_exchanges_of_a_community")
def tell_community(community: int) -> None:
    """Its goal changed."""
    telling.tell_community(community)


@jobs.task(queue="upkeep", retry=3, lock="tell_untold_exchanges", cron="*/10 * * * *")
def tell_untold(timestamp: int) -> None:
    """What was there before, and what a job that failed for good left out."""
    telling.tell_untold()
    lasting.tell_untold()
