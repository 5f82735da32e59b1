"""Work by the clock: what nobody answered ends, two weeks are looked back on, a few are proposed."""

from passeur.foundation import jobs

from . import services


@jobs.task(cron="*/15 * * * *", lock="introductions")
def go_on(timestamp: int) -> None:
    """End what has run out; count who wrote."""
    services.expire_due()
    services.follow_up_due()


@jobs.task(cron="40 5 * * 2", lock="introductions")
def suggest(timestamp: int) -> None:
    """On Tuesdays, a few in each community."""
    services.suggest_everywhere()
