"""What the frame of a page says of what waits: rooms say how it is counted, and all is asked at once.

    @counter("outreach.open")
    def _open(request: HttpRequest) -> Question | None:
        return queries.open_notes.asked(member=request.user.pk)

A counter is a prepared query that lists keys, or None where there is nothing to ask of this person. A page
that reads what it shows in one statement takes them along: `asked`, then `told`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from . import memo
from .prepared import Question, together
from .reading import Said

Counter = Callable[[HttpRequest], Question | None]

_counters: dict[str, Counter] = {}


def counter(name: str) -> Callable[[Counter], Counter]:
    """Register how something is counted. Registering the same again replaces it."""

    def register(function: Counter) -> Counter:
        _counters[name] = function
        return function

    return register


def waiting(request: HttpRequest, name: str) -> list[int]:
    """The keys of what waits under that name for whoever asks. One query in a request, for all names."""
    if not request.user.is_authenticated:
        return []
    return memo.once(("counters", request.user.pk), lambda: _all(request)).get(name, [])


def asked(request: HttpRequest) -> dict[str, Question]:
    """What is counted for whoever asks, to go into the statement of their page."""
    return _questions(request) if request.user.is_authenticated else {}


def told(request: HttpRequest, said: Said) -> Said:
    """What that statement said of it is known from now on in this request; the rest of what it said."""
    names = [name for name in _counters if name in said]
    memo.once(("counters", request.user.pk), lambda: {name: list(said.rows(name, int)) for name in names})
    return said.of(*(name for name, _ in said.texts if name not in names))


def forget() -> None:
    """What is counted changed in this request."""
    memo.forget("counters")


def _all(request: HttpRequest) -> dict[str, list[int]]:
    questions = _questions(request)
    return dict(zip(questions, together(questions.values()), strict=True))


def _questions(request: HttpRequest) -> dict[str, Question]:
    return {name: question for name, ask in _counters.items() if (question := ask(request)) is not None}
