"""Where one can write. A place is `kind:key`, for instance `conversations.reply:12`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from passeur.accounts.models import Member


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as its writer sees it: what the text is to become, and the page where one writes it.

    `anchor` is the form's place in the page, with its `#`.
    """

    words: str
    address: str
    anchor: str = ""


Place = Callable[["Member", Collection[str]], Mapping[str, Spot]]
"""From a member and keys to the places that are (still) open to them, in a fixed number of queries."""

_places: dict[str, Place] = {}


def place(kind: str) -> Callable[[Place], Place]:
    """Register what the places of a kind are."""

    def register(function: Place) -> Place:
        _places[kind] = function
        return function

    return register


def places(member: Member, named: Collection[str]) -> dict[str, Spot]:
    """The open ones among these places, each by its whole name."""
    by_kind: dict[str, list[str]] = {}
    for name in named:
        kind, _, key = name.partition(":")
        by_kind.setdefault(kind, []).append(key)
    return {
        f"{kind}:{key}": spot
        for kind, keys in by_kind.items()
        if kind in _places
        for key, spot in _places[kind](member, keys).items()
    }
