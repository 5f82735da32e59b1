"""The past as a stream of facts in the order in which they became known, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from passeur.algorithms.routing.evidence import DAY, Acceptance, AskedQuestion, DayVotes, GivenAnswer, Past
from passeur.algorithms.routing.history import History

Event = AskedQuestion | GivenAnswer | DayVotes | Acceptance
_RANKS: dict[type[Event], int] = {AskedQuestion: 0, GivenAnswer: 1, DayVotes: 2, Acceptance: 3}


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


def in_order(past: Past) -> list[tuple[float, Event]]:
    """All facts with the time from which they are known, oldest first.

    At the same second a question comes before its answers, then votes, then acceptances. A date without
    a time may lie before the answer of which it speaks: nothing is known of it before that answer.
    """
    given = {answer.id: answer.at for answer in past.answers}

    def known(event: Event) -> tuple[float, int, int]:
        if isinstance(event, DayVotes | Acceptance):
            at = max(known_at(event), given.get(event.answer, 0.0))
            return at, _RANKS[type(event)], event.answer
        return known_at(event), _RANKS[type(event)], event.id

    events: list[Event] = [*past.questions, *past.answers, *past.votes, *past.acceptances]
    return [(known(event)[0], event) for event in sorted(events, key=known)]


def days(past: Past) -> Iterator[tuple[float, list[Event]]]:
    """(start of the day, facts that became known on it), for each day on which anything did."""
    for day, group in groupby(in_order(past), key=lambda dated: start_of_day(dated[0])):
        yield day, [event for _, event in group]


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
