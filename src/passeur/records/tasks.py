"""Upkeep of the store."""

from django.utils import timezone

from passeur.foundation import jobs

from .services import deriving, linking, partitions


@jobs.task(queue="upkeep", cron="17 2 * * *")
def make_months(timestamp: int) -> None:
    """The partitions of the months to come, weeks before the first statement asks for them."""
    partitions.make_ahead(timezone.now())


AT_A_TIME = 240  # seconds: less than the time between two


@jobs.task(queue="upkeep", lock="records-catch-up", cron="*/5 * * * *")
def catch_up(timestamp: int) -> None:
    """What happened before there was a store, a few minutes at a time; then what no event told of."""
    for source in deriving.sources.values():
        for _written in deriving.catch_up(source, seconds=AT_A_TIME / len(deriving.sources)):
            pass


@jobs.task(queue="upkeep", lock="records-prove", cron="*/15 * * * *")
def prove_agents(timestamp: int) -> None:
    """Agents that nobody knew when they came, and that a new account or address proves since."""
    linking.prove_all()
