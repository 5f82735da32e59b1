"""Upkeep of the store."""

import time

from django.utils import timezone

from passeur.foundation import jobs

from .queries import forwards
from .services import consulting, courses, deriving, forwarding, linking, partitions, retention


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


@jobs.task(queue="upkeep", lock="records-courses", cron="*/5 * * * *")
def read_courses(timestamp: int) -> None:
    """How far people are in courses, as far as it was told since the last time."""
    courses.read_on()


@jobs.task(queue="upkeep", lock="records-prove", cron="*/15 * * * *")
def prove_agents(timestamp: int) -> None:
    """Agents that nobody knew when they came, and that a new account or address proves since."""
    linking.prove_all()


SENDING = 50  # seconds: less than the time between two


@jobs.task(queue="upkeep", lock="records-forward", cron="* * * * *")
def forward(timestamp: int) -> None:
    """What other stores are to get; each in its turn, so that one that is slow does not hold up the next."""
    until = time.monotonic() + SENDING
    waiting = forwards.active()
    while waiting and time.monotonic() < until:
        waiting = [one for one in waiting if forwarding.send_next(one)]


@jobs.task(queue="upkeep", lock="records-retention", cron="41 3 * * *")
def let_go(timestamp: int) -> None:
    """Statements past their time, and how far people were in courses."""
    retention.drop()
    consulting.expire()
    courses.forget(*retention.keep_until(timezone.now()))
