"""Nightly work of the writing room."""

from passeur.foundation import jobs

from . import services


@jobs.task(cron="40 2 * * *", lock="writing.collect")
def collect(timestamp: int) -> None:
    """Drafts first: a file that only an expired draft spoke of goes the same night."""
    services.collect_drafts()
    services.collect_files()
