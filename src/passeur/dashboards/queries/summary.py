"""What a report says of a community on one page: who takes part, and whether those who ask get a reply."""

from __future__ import annotations

from dataclasses import dataclass

from passeur.foundation.charts import Lines

from ..protocols import Slice, Tile
from . import measures, pulse, response
from .facts import facts


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures that may be told, compared all together, and the curve of those who wait.

    `has_replies` says whether anything is told of questions.
    """

    tiles: tuple[Tile, ...]
    has_replies: bool
    curve: Lines | None


def summary(part: Slice) -> Summary:
    """The figures of a period. Twenty-five queries at most."""
    found = facts(part, asks=True)
    now, before = response.asked(found)
    has_replies = not now.is_nothing
    about_people = [one for one in pulse.taking_part(part) if one.after is not None]
    about_questions = response.measures_of(now, before) if has_replies else []
    return Summary(
        measures.tiles([*about_people, *about_questions]),
        has_replies,
        response.survival(now, before) if has_replies else None,
    )
