"""What the desk does by the clock."""

from passeur.foundation import jobs

from . import services


@jobs.task(cron="17 3 * * *")
def expire_consultations(timestamp: int) -> None:
    """Every night, drop what was kept long enough."""
    services.expire_consultations()
