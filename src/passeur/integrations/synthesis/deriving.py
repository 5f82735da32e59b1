"""What follows from a past that was written: by the functions that do it after any import, without the clock.

Each step leaves what is done already alone, so that interrupted and run again the work goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection

from passeur.communities.queries import scopes
from passeur.conversations.services import telling
from passeur.desk import queries as desks
from passeur.desk import services as desk
from passeur.engagement.services import networks, responding, rolling
from passeur.expertise import services as expertise
from passeur.expertise.queries import counted
from passeur.records.services import deriving as statements

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class _Step:
    """A kind of work under the name that is shown; it gives how much of it is done, from 0 to 1."""

    name: str
    work: Callable[[], Iterator[float]]


def derive(*, progress: Progress) -> None:
    """Make what is missing of evidence, entries of the desk, statements, roll-ups and days of response.

    Search documents and similar questions are made by the jobs that the import left.
    """
    steps = [
        _Step("evidence", _evidence),
        _Step("desk", _desks),
        _Step("exchanges", _exchanges),
        *(_Step(f"statements: {name}", _following(source)) for name, source in statements.sources.items()),
        _Step("roll-ups", _rolled_up),
    ]
    for number, step in enumerate(steps):
        progress(step.name, number / len(steps))
        for done in step.work():
            progress(step.name, (number + done) / len(steps))
    _gather_statistics()
    progress("", 1.0)


def _gather_statistics() -> None:
    """So that what comes next is planned with true figures, and not as on tables that were empty."""
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def _evidence() -> Iterator[float]:
    waiting = [community for community in scopes.every() if not counted.is_counted(community.pk)]
    for number, community in enumerate(waiting, 1):
        expertise.rebuild(community.pk)
        expertise.open_lists(community.pk)
        yield number / len(waiting)


def _desks() -> Iterator[float]:
    waiting = desks.unfilled(scopes.every())
    for number, community in enumerate(waiting, 1):
        desk.fill(community)
        yield number / len(waiting)


def _exchanges() -> Iterator[float]:
    telling.tell_untold()
    yield 0.5
    responding.remake_marked()


def _following(source: statements.Source) -> Callable[[], Iterator[float]]:
    def work() -> Iterator[float]:
        total, seen = max(1, source.every().count()), 0
        for _written in statements.catch_up(source):
            seen += statements.BATCH
            yield min(1.0, seen / total)

    return work


def _rolled_up() -> Iterator[float]:
    _gather_statistics()
    rolling.advance_all()
    _gather_statistics()
    yield 0.5
    networks.remember()
