"""What a report says of a community on one page: who takes part, and whether those who ask get a reply."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
    now, before = response.asked(facts(part, asks=True))
    return pulse.taking_part(part) | replies.figures_of(now, before) | replies.waits_of(now, before)


def summary(figures: Figures) -> Summary:
    """What is said of estimates that were counted now, or kept. No query."""
    about_people = [one for one in pulse.measures_from(figures) if one.after is not None]
    if exchanges.ASKED.key not in figures.after:
        return Summary(measures.tiles(about_people), False, None)
    # How many wait a day later is said by the curve alone: what a page says of it follows single waits.
    about_questions = [replace(one, also="") for one in replies.measures_from(figures)]
    return Summary(measures.tiles([*about_people, *about_questions]), True, replies.still_waiting(figures))
