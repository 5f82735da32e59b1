"""What a report says of a community on one page: who takes part, and whether those who ask get a reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from passeur.algorithms.measures.estimates import Estimate
from passeur.algorithms.measures.survival import Quantile
from passeur.foundation.charts import Lines

from ..protocols import Slice, Tile
from . import measures, pulse, response
from .definitions import exchanges
from .facts import facts


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures that may be told, compared all together, and the curve of those who wait.

    `has_replies` says whether anything is told of questions; `figures` are those of the tiles, by their key.
    """

    tiles: tuple[Tile, ...]
    has_replies: bool
    curve: Lines | None
    figures: Mapping[str, Estimate]


def summary(part: Slice, told: Mapping[str, Estimate] | None = None) -> Summary:
    """The figures of a period, compared with what was `told` before; without, with the weeks before as they
    are now. Twenty-five queries at most.
    """
    found = facts(part, asks=True)
    now, before = response.asked(found)
    has_replies = not now.is_nothing
    waits = before.waits if before is not None else None
    about_people = [one for one in pulse.taking_part(part) if one.after is not None]
    about_questions = response.measures_of(now, before) if has_replies else []
    made = [*about_people, *about_questions]
    if told is not None:
        made = [replace(one, before=told.get(one.key)) for one in made]
        median = told.get(exchanges.FIRST_REPLY.key)
        waits = median.survival if isinstance(median, Quantile) else None
    return Summary(
        measures.tiles(made),
        has_replies,
        response.survival(now.waits, waits) if has_replies else None,
        {one.key: one.after for one in made if one.after is not None},
    )
