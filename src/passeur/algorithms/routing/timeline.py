"""The past as a stream of facts in the order in which they became known, day by day."""

from __future__ import annotations

from collections.abc import Iterator

from passeur.algorithms.routing.evidence import DAY, Acceptance, AskedQuestion, DayVotes, GivenAnswer, Past
from passeur.algorithms.routing.history import History

Event = AskedQuestion | GivenAnswer | DayVotes | Acceptance


def known_at(event: Event) -> float:
    """When the fact is known: votes of a day are known when that day has ended."""
    if isinstance(event, AskedQuestion):
        return event.asked_at
    if isinstance(event, DayVotes):
        return event.day + DAY
    return event.at


def start_of_day(at: float) -> float:
    """Midnight (UTC) before or at `at`."""
    return at // DAY * DAY


def in_order(past: Past) -> list[Event]:
    """All facts, oldest first; at the same second a question comes before its answers, then votes."""
    ranks = {AskedQuestion: 0, GivenAnswer: 1, DayVotes: 2, Acceptance: 3}
    events: list[Event] = [*past.questions, *past.answers, *past.votes, *past.acceptances]
    return sorted(
        events,
        key=lambda e: (
            known_at(e),
            ranks[type(e)],
            e.answer if isinstance(e, DayVotes | Acceptance) else e.id,
        ),
    )


def days(past: Past) -> Iterator[tuple[float, list[Event]]]:
    """(start of the day, facts that became known on it), for each day on which anything did."""
    day: float | None = None
    group: list[Event] = []
    for event in in_order(past):
        of = start_of_day(known_at(event))
        if day is not None and of != day:
            yield day, group
            group = []
        day = of
        group.append(event)
    if day is not None:
        yield day, group


def learn(history: History, event: Event) -> None:
    """Teach one fact to `history`."""
    if isinstance(event, AskedQuestion):
        history.ask(event)
    elif isinstance(event, GivenAnswer):
        history.answer(event)
    elif isinstance(event, DayVotes):
        history.vote(event)
    else:
        history.accept(event)
