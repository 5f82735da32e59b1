"""Days of response as rows: what is counted of one place on a day, and how COPY reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from passeur.algorithms.measures.bins import ENDS

from ..queries import worked
from .weeks import SOME

COPY = """
COPY engagement_responseday (
    community, theme, day, kind, asks, asked, served, "left", waiting, within, accepted, due, resolved,
    newcomers, newcomers_within, helped, hours, askers, beside, in_week, exchanges, their_themes
) FROM STDIN
"""
COPY_TEAMS = """
COPY engagement_teamday (
    community, team, day, kind, asks, asked, served, "left", waiting, within, accepted, due, resolved,
    newcomers, newcomers_within, helped, hours, askers
) FROM STDIN
"""
_NOTHING = ("\\N", "\\N")
Place = tuple[int, dt.date, str]
"""(theme, day, kind)."""
OfTeam = tuple[str, dt.date, str]
"""(team, day, kind)."""


@dataclass(slots=True)
class Counts:
    """What is counted of one place; the bins that hold something."""

    asks: bool
    asked: int = 0
    served: dict[int, int] = field(default_factory=dict)
    left: dict[int, int] = field(default_factory=dict)
    waiting: dict[int, int] = field(default_factory=dict)
    within: int = 0
    accepted: int = 0
    due: int = 0
    resolved: int = 0
    newcomers: int = 0
    newcomers_within: int = 0
    helped: int = 0
    hours: dict[int, int] = field(default_factory=dict)
    askers: set[int] = field(default_factory=set)
    beside: set[int] = field(default_factory=set)
    exchanges: list[worked.Row] = field(default_factory=list)
    their_themes: list[int] = field(default_factory=list)


def put(bins: dict[int, int], place: int) -> None:
    """One more in that bin."""
    bins[place] = bins.get(place, 0) + 1


def lines(community: int, made: Mapping[Place, Counts]) -> Iterator[str]:
    """Rows as COPY reads them. Kinds are words of `conversations.choices`: nothing in them needs escaping."""
    for (theme, day, kind), one in made.items():
        words = (
            community, theme, day, kind, "t" if one.asks else "f", one.asked, _array(one.served, len(ENDS)),
            _array(one.left, len(ENDS)), _array(one.waiting, 24), one.within, one.accepted, one.due,
            one.resolved, one.newcomers, one.newcomers_within, one.helped, _array(one.hours, 24),
            _people(one.askers), _people(one.beside), "t",
            *(_NOTHING if theme else map(_bytes, worked.packed(one.exchanges, one.their_themes))),
        )  # fmt: skip
        yield "\t".join(map(str, words)) + "\n"


def of_teams(community: int, made: Mapping[OfTeam, Counts]) -> Iterator[tuple[object, ...]]:
    """The same of teams, as values."""
    for (team, day, kind), one in made.items():
        yield (
            community, team, day, kind, one.asks, one.asked, _list(one.served, len(ENDS)),
            _list(one.left, len(ENDS)), _list(one.waiting, 24), one.within, one.accepted, one.due,
            one.resolved, one.newcomers, one.newcomers_within, one.helped, _list(one.hours, 24),
            sorted(one.askers)[:SOME],
        )  # fmt: skip


def _list(bins: Mapping[int, int], length: int) -> list[int]:
    return [bins.get(place, 0) for place in range(length)]


def _people(bits: set[int]) -> str:
    return "{" + ",".join(map(str, sorted(bits)[:SOME])) + "}"


def _bytes(given: bytes) -> str:
    return "\\\\x" + given.hex()


def _array(bins: Mapping[int, int], length: int) -> str:
    values = ["0"] * length
    for place, count in bins.items():
        values[place] = str(count)
    return "{" + ",".join(values) + "}"
