"""From estimates of two periods to tiles: each difference is judged, all those of a page together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.algorithms.measures.change import Change, change
from passeur.algorithms.measures.estimates import LEVEL, Estimate
from passeur.algorithms.measures.many import adjusted
from passeur.foundation import typography
from passeur.foundation.charts import Unit, as_said, say

from ..protocols import Definition, Difference, Tile

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a page. `after` is None where the group is too small; `before` too, or nothing was there.

    `factor` turns the estimate into what is shown: weeks, for a count that was estimated by week.
    `rises` and `falls` are the sentences for the top of the page; `more_is_better` says which is good news.
    `also` is said after the definition, of this figure as it is now.
    """

    about: Definition
    unit: Unit
    after: Estimate | None
    before: Estimate | None
    base: str
    rises: Words
    falls: Words
    more_is_better: bool = True
    factor: float = 1.0
    missing: str = ""
    has_list: bool = True
    why_no_list: str = ""
    also: str = ""

    @property
    def key(self) -> str:
        return self.about.key


@dataclass(frozen=True, slots=True)
class Figures:
    """Estimates by the key of their figure: of a period, and of what it is compared with. What is not there
    is withheld.
    """

    after: Mapping[str, Estimate]
    before: Mapping[str, Estimate]

    def __or__(self, other: Figures) -> Figures:
        return Figures({**self.after, **other.after}, {**self.before, **other.before})


def withheld(one: Measure) -> Measure:
    """The same about too few people: nothing of it is shown."""
    return replace(one, after=None, before=None, base="", also="")


def withheld_words() -> str:
    """One wording whatever the cause, so that it gives nothing away."""
    return _("Groupe trop petit")


def tiles(measures: Sequence[Measure]) -> tuple[Tile, ...]:
    """The tiles of a page; what is called a change stays one when all of the page are looked at together."""
    changes = [
        change(one.before, one.after) if one.before is not None and one.after is not None else None
        for one in measures
    ]
    known = [found for found in changes if found is not None and found.difference is not None]
    real = dict(zip(map(id, known), adjusted([found.p for found in known]), strict=True)) if known else {}
    return tuple(
        _tile(one, found, found is not None and real.get(id(found), 1.0) < 1 - LEVEL)
        for one, found in zip(measures, changes, strict=True)
    )


def withheld_tile(about: Definition, unit: Unit) -> Tile:
    """A figure that is withheld: its name, its definition, and one wording whatever the cause."""
    why = _("Trop peu de personnes, ou un chiffre qui en dirait trop de chacune : rien n’est affiché.")
    return Tile.of(about, unit, withheld_words(), is_withheld=True, why_no_list=why)


def _tile(one: Measure, found: Change | None, real: bool) -> Tile:
    if one.after is None:
        return withheld_tile(one.about, one.unit)
    value = one.after.value
    low, high = _bounds(one)
    return Tile.of(
        one.about,
        one.unit,
        say(value * one.factor, one.unit) if value is not None else one.missing or "–",
        value=None if value is None else value * one.factor,
        bounds=(low, high),
        base=one.base,
        difference=None if found is None or found.difference is None else _difference(one, found, real),
        has_list=one.has_list,
        why_no_list=one.why_no_list,
        also=one.also,
    )


def _bounds(one: Measure) -> tuple[float | None, float | None]:
    if one.after is None or one.after.value is None or one.unit is Unit.COUNT:
        return None, None
    bounds = one.after.interval()
    return tuple(  # type: ignore[return-value]
        bound * one.factor if math.isfinite(bound) else None for bound in (bounds.low, bounds.high)
    )


def _difference(one: Measure, found: Change, real: bool) -> Difference:
    value = _difference_of(one, found)
    real = real and bool(value)  # less than what both are known to is no change
    now = one.after.value if one.after is not None else None
    beside = None if now is None else now * one.factor
    words = _signed(value, one.unit, beside)
    if real:
        low, high = found.interval.low * one.factor, found.interval.high * one.factor
        if math.isfinite(low) and math.isfinite(high):
            words = _("%(change)s (de %(low)s à %(high)s)") % {
                "change": words,
                "low": _short(low, one.unit, beside),
                "high": _short(high, one.unit, beside),
            }
    else:
        least = {Unit.SHARE: 0.005, Unit.DURATION: 1.0}.get(one.unit, 0.0)
        is_nothing = abs(value) < least
        words = _("Pas d’écart net") if is_nothing else _("%(change)s : pas d’écart net") % {"change": words}
    sentence = str(one.rises if value > 0 else one.falls) if real else ""
    return Difference(words, value, real, good=(value > 0) == one.more_is_better, sentence=sentence)


def _difference_of(one: Measure, found: Change) -> float:
    """As large as it is; of durations, between the two as they are said."""
    if one.unit is not Unit.DURATION:
        return (found.difference or 0.0) * one.factor
    before, after = (as_said(value, one.unit) or 0.0 for value in (found.before, found.after))
    return after - before


def _signed(value: float, unit: Unit, beside: float | None) -> str:
    if unit is Unit.SHARE:
        points = round(value * 100)
        return _sign(value) + ngettext("%(n)s point", "%(n)s points", abs(points)) % {"n": abs(points)}
    if unit is Unit.DURATION:
        span = say(abs(value), unit)
        return (_("%(span)s de plus") if value > 0 else _("%(span)s de moins")) % {"span": span}
    return _sign(value) + say(abs(value), unit, beside=beside)


def _sign(value: float) -> str:
    return "+" if value >= 0 else "−"


def _short(value: float, unit: Unit, beside: float | None) -> str:
    if unit is Unit.SHARE:
        return typography.number(round(value * 100), decimals=0)
    if unit is Unit.DURATION:
        return ("−" if value < 0 else "") + say(abs(value), unit)
    return say(value, unit, beside=beside).replace("-", "−")


def sentence(made: Sequence[Tile], weeks: int) -> str:
    """What changed, in plain words; that nothing did is said too, and that nothing can be compared."""
    compared = [tile for tile in made if tile.difference is not None]
    said = [tile.difference.sentence for tile in compared if tile.difference and tile.difference.sentence]
    if not compared:
        return _(
            "Rien ne se compare à la période d’avant : il n’y en a pas encore, ou trop peu de personnes y "
            "ont pris part."
        )
    if not said and len(compared) == 1 < len(made):
        return _("Un seul chiffre peut être comparé à la période d’avant : il ne montre pas d’écart net.")
    if not said:
        return ngettext(
            "Rien n’a nettement changé par rapport à la semaine d’avant.",
            "Rien n’a nettement changé par rapport aux %(n)s semaines d’avant.",
            weeks,
        ) % {"n": weeks}
    rest = len(compared) - len(said)
    if rest:
        said.append(
            ngettext(
                "L’autre chiffre ne montre pas d’écart net.",
                "Les %(n)s autres chiffres ne montrent pas d’écart net.",
                rest,
            )
            % {"n": rest}
        )
    return " ".join(said)
