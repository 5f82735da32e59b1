"""A page of figures, as it is shown, kept as a file, printed, mailed: all draw this and nothing else.

What is withheld is withheld here already, so that no form of it can say more than another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from passeur.foundation.charts import Drawable, Unit, say
from passeur.foundation.icons import Icon

from .definitions import Definition


@dataclass(frozen=True, slots=True)
class Difference:
    """From the previous period: in words; `real` when chance is an unlikely reason, corrected for the page.

    `sentence` says it for the top of the page; empty where nothing can be said. `is_past`: the words say what
    was then, as how far it lies from now cannot be judged.
    """

    words: str
    value: float | None
    real: bool
    good: bool = True
    sentence: str = ""
    is_past: bool = False

    @property
    def tone(self) -> str:
        """The class of its tag: coloured only where the difference is real."""
        if not self.real:
            return ""
        return "ok" if self.good else "bad"

    @property
    def icon(self) -> Icon:
        if self.is_past:  # a dash before a value would read as a minus
            return Icon("history")
        if not self.real:
            return Icon("minus")
        return Icon("trending-up") if (self.value or 0) > 0 else Icon("trending-down")


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure. Without a list, `why_no_list` says why; a withheld one has neither value nor difference.

    `anchor` is where its definition stands among all. Tiles of one `heading` that follow each other stand
    under it; without one, under that of all.
    """

    key: str
    name: str
    definition: str
    unit: Unit
    words: str
    value: float | None = None
    bounds: tuple[float | None, float | None] = (None, None)
    base: str = ""
    difference: Difference | None = None
    has_list: bool = False
    why_no_list: str = ""
    is_withheld: bool = False
    heading: str = ""
    anchor: str = ""

    @classmethod
    def of(cls, about: Definition, unit: Unit, words: str, *, also: str = "", **rest: Any) -> Tile:
        """The tile of a figure that is defined; `also` is said after its definition."""
        text = " ".join(filter(None, [str(about.text), also]))
        return cls(about.key, str(about.name), text, unit, words, anchor=about.anchor, **rest)

    @property
    def interval(self) -> str:
        """« de 30 % à 38 % », « au moins 2 h » where only that is known; empty where the figure has none."""
        low, high = self.bounds
        if low is None:
            return ""
        if high is None:
            return _("au moins %(low)s") % {"low": say(low, self.unit, beside=self.value)}
        return _("de %(low)s à %(high)s") % {
            "low": say(low, self.unit, beside=self.value),
            "high": say(high, self.unit, beside=self.value),
        }


@dataclass(frozen=True, slots=True)
class Idea:
    """Something to try, and why: what is known of it, what it could bring, what would tell."""

    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Board:
    """`sentence` says what changed and whether it is real; `is_empty` that nothing at all was there.

    `moves` are (words, address) of where to act on it.
    """

    sentence: str
    tiles: tuple[Tile, ...]
    charts: tuple[Drawable, ...]
    is_empty: bool = False
    notes: tuple[str, ...] = ()
    ideas: tuple[Idea, ...] = ()
    moves: tuple[tuple[str, str], ...] = ()
