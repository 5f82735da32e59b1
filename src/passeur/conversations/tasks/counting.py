"""Keeping what lists count from small."""

from passeur.foundation import jobs

from ..services import counting


@jobs.task(queue="upkeep", lock="fold_counts_of_states", cron="*/10 * * * *")
def fold_counts(timestamp: int) -> None:
    """What changed since the last time, in one row for each state."""
    counting.fold_counts()
