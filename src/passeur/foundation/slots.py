"""Places in a page that rooms above may fill, so that a room below need not know them.

A template names a slot, `{% slot "conversation_aside" conversation=conversation %}`; a room above
registers in its `slots.py` a function that renders its part from the request and that context.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

Filler = Callable[..., str]
Annotator = Callable[..., dict[int, str]]

_slots: dict[str, list[tuple[int, str, Filler]]] = defaultdict(list)
_notes: dict[str, list[tuple[int, str, Annotator]]] = defaultdict(list)


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
