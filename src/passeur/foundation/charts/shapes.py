"""What a chart says, before it is drawn: series of points with their intervals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from . import drawing
from .tables import Cell, Table
from .units import Unit, as_said, say, ticks


@dataclass(frozen=True, slots=True)
class Point:
    """A value and, where it is known, its interval, whose upper bound may not be; no value leaves a gap."""

    value: float | None
    low: float | None = None
    high: float | None = None
    words: str = ""

    def said(self, unit: Unit) -> str:
        """The value in words; `words` say why there is none."""
        return self.words if self.value is None and self.words else say(self.value, unit)


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one name, one for each place of the axis. The reference is drawn dashed, behind."""

    name: str
    points: tuple[Point, ...]
    is_reference: bool = False

    @property
    def has_interval(self) -> bool:
        return any(point.low is not None and point.high is not None for point in self.points)


@dataclass(frozen=True)
class Chart:
    """`title` heads it, `summary` is what a screen reader hears of the picture, `note` how to read it.

    `every` so many places one has its name under the picture (0: as many as there is room for).
    """

    key: str
    title: str
    summary: str
    unit: Unit
    axis: str
    places: tuple[str, ...]
    series: tuple[Series, ...]
    note: str = ""
    every: int = 0

    template = ""

    @cached_property
    def marks(self) -> list[float]:
        """The marks of the upright axis, from 0 up."""
        values = [
            most
            for one in self.series
            for point in one.points
            for most in (point.high if point.high is not None else point.value,)
            if most is not None
        ]
        most = max(values, default=0.0)
        return ticks(min(most, 1.0) if self.unit is Unit.SHARE else most, self.unit)

    @property
    def upright(self) -> list[str]:
        """The marks in words, the highest first."""
        return [say(mark, self.unit) for mark in reversed(self.marks)]

    @property
    def labels(self) -> list[drawing.Label]:
        """The words under the picture."""
        return drawing.labels(self.places, every=self.every)

    @property
    def rules(self) -> list[float]:
        """Heights of the lines across the picture."""
        return drawing.heights(self.marks)

    @cached_property
    def table(self) -> Table:
        """Each value that is drawn."""
        head = [self.axis]
        for one in self.series:
            head += [one.name, _("Intervalle à 95 %")] if one.has_interval else [one.name]
        rows = []
        for place, name in enumerate(self.places):
            cells = [Cell(name)]
            for one in self.series:
                point = one.points[place]
                cells.append(Cell(point.said(self.unit), as_said(point.value, self.unit), unit=self.unit))
                if one.has_interval:
                    cells.append(Cell(interval(point, self.unit)))
            rows.append(tuple(cells))
        return Table(self.title, tuple(head), tuple(rows))


def interval(point: Point, unit: Unit) -> str:
    """« 20 % – 28 % », « au moins 2 h » where only that is known, or a dash."""
    if point.low is None:
        return "–"
    if point.high is None:
        return _("au moins %(low)s") % {"low": say(point.low, unit)}
    low, high = say(point.low, unit), say(point.high, unit)
    return high if low == high else f"{low} – {high}"


@dataclass(frozen=True)
class Lines(Chart):
    """Values along time; `goal` is a level."""

    goal: float | None = None
    goal_words: str = ""

    template = "foundation/charts/lines.html"

    @cached_property
    def drawn(self) -> list[drawing.Line]:
        """The lines, the reference first so that it lies behind."""
        ordered = sorted(enumerate(self.series), key=lambda one: not one[1].is_reference)
        number = {
            place: n for n, place in enumerate(i for i, s in enumerate(self.series) if not s.is_reference)
        }
        top = self.marks[-1]
        return [
            drawing.line(
                [(point.value, point.low, point.high) for point in one.points],
                top,
                style="ref" if one.is_reference else f"l{number[place] + 1}",
            )
            for place, one in ordered
        ]

    @property
    def legend(self) -> list[tuple[str, str]]:
        """(style, words), with the last value of each line."""
        found, number = [], 0
        for one in self.series:
            number += not one.is_reference
            last = next((point for point in reversed(one.points) if point.value is not None), None)
            words = one.name
            if last is not None:
                words = _("%(name)s : %(value)s à la fin") % {"name": one.name, "value": last.said(self.unit)}
            found.append(("ref" if one.is_reference else f"l{number}", words))
        if any(one.has_interval for one in self.series):
            found.append(("band", _("Intervalle à 95 %")))
        if self.goal is not None and self.goal_words:
            found.append(("goal", self.goal_words))
        return found

    @property
    def goal_height(self) -> float | None:
        """Where the goal crosses the picture."""
        return None if self.goal is None else drawing.height(self.goal, self.marks[-1])


@dataclass(frozen=True)
class Bars(Chart):
    """Amounts of each week or each group, side by side with those of the reference."""

    template = "foundation/charts/bars.html"

    @cached_property
    def drawn(self) -> list[drawing.Bar]:
        """The bars, series after series."""
        values = [[point.value for point in one.points] for one in self.series]
        styles = ["ref" if one.is_reference else "vol" for one in self.series]
        return drawing.bars(values, styles, self.marks[-1])

    @property
    def legend(self) -> list[tuple[str, str]]:
        return [("refbar" if one.is_reference else "vol", one.name) for one in self.series]
