"""What a report says of a community on one page: who takes part, and whether those who ask get a reply."""

from __future__ import annotations

from dataclasses import dataclass

from passeur.algorithms.measures.survival import Quantile
from passeur.foundation.charts import Lines

from ..protocols import Slice, Tile
from . import measures, pulse, replies, response
from .definitions import exchanges
from .facts import facts
from .measures import Figures


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures that may be told, compared all together, and the curve of those who wait.

    `has_replies` says whether anything is told of questions.
    """

    tiles: tuple[Tile, ...]
    has_replies: bool
    curve: Lines | None


def counted(part: Slice) -> Figures:
    """The estimates of a period and of the weeks before, as they are now. Twenty-five queries at most."""
    return pulse.taking_part(part) | replies.figures_of(*response.asked(facts(part, asks=True)))


def summary(figures: Figures) -> Summary:
    """What is said of estimates that were counted now, or kept. No query."""
    about_people = [one for one in pulse.measures_from(figures) if one.after is not None]
    median = figures.after.get(exchanges.FIRST_REPLY.key)
    if not isinstance(median, Quantile):
        return Summary(measures.tiles(about_people), False, None)
    before = figures.before.get(exchanges.FIRST_REPLY.key)
    waits = before.survival if isinstance(before, Quantile) else None
    return Summary(
        measures.tiles([*about_people, *replies.measures_from(figures)]),
        True,
        response.survival(median.survival, waits),
    )
