"""Work by the clock, and mail."""

from __future__ import annotations

from django.utils import timezone

from passeur.foundation import jobs, mail

from . import services


@jobs.task(retry=3, cron="20 6 1-10 * *")
def make_editions(timestamp: int) -> None:
    """The first days of each month: what left on the first working day is not made again on the others."""
    services.make_editions(timezone.localdate())


@jobs.task(retry=3, cron="41 3 * * *")
def forget_unanswered(timestamp: int) -> None:
    """Once a night."""
    services.forget_unanswered()


@jobs.task(queue="mail", retry=mail.PATIENCE)
def ask(sponsor: int) -> None:
    """Ask whether somebody wants the report."""
    services.ask(sponsor)


@jobs.task(queue="mail", retry=mail.PATIENCE)
def send(edition: int) -> None:
    """Send one report."""
    services.send(edition)
