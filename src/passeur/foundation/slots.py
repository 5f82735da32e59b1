"""Places in a page that rooms above may fill, so that a room below need not know them.

A template names a slot, `{% slot "conversation_aside" conversation=conversation %}`; a room above
registers in its `slots.py` a function that renders its part from the request and that context.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from .prepared import Question
from .reading import Said

Filler = Callable[..., str]
Annotator = Callable[..., dict[int, str]]
Ask = Callable[..., Question | None]
Telling = Callable[[Said], dict[int, str]]

_slots: dict[str, list[tuple[int, str, Filler]]] = defaultdict(list)
_notes: dict[str, list[tuple[int, str, Annotator]]] = defaultdict(list)
_asked: dict[str, dict[str, Ask]] = defaultdict(dict)
_told: dict[str, dict[str, Telling]] = defaultdict(dict)


def fill(slot: str, *, order: int = 50) -> Callable[[Filler], Filler]:
    """Register a function of (request, **context) whose HTML goes into `slot`, lowest order first."""

    def register(function: Filler) -> Filler:
        path = f"{function.__module__}.{function.__qualname__}"
        _slots[slot] = sorted(
            [entry for entry in _slots[slot] if entry[1] != path] + [(order, path, function)]
        )
        return function

    return register


def render(slot: str, request: HttpRequest, **context: Any) -> SafeString:
    """All that the rooms put into `slot`, in order."""
    parts = [function(request, **context) for _, _, function in _slots[slot]]
    return mark_safe("\n".join(part for part in parts if part))  # noqa: S308 - parts are rendered templates


def gather(slot: str, request: HttpRequest, **context: Any) -> dict[int, SafeString]:
    """For slots repeated along a list: what the rooms have to say about each key, asked once for all."""
    merged: dict[int, SafeString] = {}
    for _, _, function in _notes[slot]:
        for key, part in function(request, **context).items():
            merged[key] = mark_safe(merged.get(key, "") + part)  # noqa: S308 - parts are rendered templates
    return merged


def annotate(slot: str, *, order: int = 50) -> Callable[[Annotator], Annotator]:
    """Register a function of (request, **context) that gives HTML by key for a repeated `slot`."""

    def register(function: Annotator) -> Annotator:
        path = f"{function.__module__}.{function.__qualname__}"
        _notes[slot] = sorted(
            [entry for entry in _notes[slot] if entry[1] != path] + [(order, path, function)]
        )
        return function

    return register


def asks(slot: str, name: str) -> Callable[[Ask], Ask]:
    """Register what a room has to know for `slot`, asked in the one statement of the page (`reading`).

    The function gives a question, or None; what was said is in the page's `said` under `name`, which begins
    with the name of the room.
    """

    def register(function: Ask) -> Ask:
        _asked[slot][name] = function
        return function

    return register


def asked(slot: str, **context: Any) -> dict[str, Question | None]:
    """What the rooms ask for that slot, by name, to be asked with what the page asks."""
    return {name: ask(**context) for name, ask in _asked[slot].items()}


def names(slot: str) -> tuple[str, ...]:
    """Under which names what the rooms ask for that slot is said."""
    return tuple(_asked[slot])


def tells(slot: str, name: str) -> Callable[[Telling], Telling]:
    """Register a function that makes HTML by key for a repeated `slot` of what was said, and of nothing else.

    It works inside of a part that is kept: the texts of what is asked for the slot are in its key.
    """

    def register(function: Telling) -> Telling:
        _told[slot][name] = function
        return function

    return register


def told(slot: str, said: Said) -> dict[int, SafeString]:
    """What the rooms have to say about each key, by what was said to them."""
    merged: dict[int, SafeString] = {}
    for name in sorted(_told[slot]):
        for key, part in _told[slot][name](said).items():
            merged[key] = mark_safe(merged.get(key, "") + part)  # noqa: S308 - parts are rendered templates
    return merged
