"""Upkeep of the store."""

from django.utils import timezone

from passeur.foundation import jobs

from .services import partitions


@jobs.task(queue="upkeep", cron="17 2 * * *")
def make_months(timestamp: int) -> None:
    """The partitions of the months to come, weeks before the first statement asks for them."""
    partitions.make_ahead(timezone.now())
