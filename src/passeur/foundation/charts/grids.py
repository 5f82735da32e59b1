"""Amounts by two things, and rows of intervals."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from . import drawing
from .shapes import Point, interval
from .tables import Cell, Table
from .units import Unit, as_said, say, ticks


@dataclass(frozen=True)
class Heat:
    """Amounts by two things, as days by hours; `values[row][column]`, None where none may be shown."""

    key: str
    title: str
    summary: str
    unit: Unit
    axis: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    note: str = ""

    template = "foundation/charts/heat.html"

    @cached_property
    def drawn(self) -> list[drawing.Square]:
        return drawing.squares(self.values)

    @property
    def labels(self) -> list[drawing.Label]:
        return drawing.labels(self.columns, most=8)

    @cached_property
    def table(self) -> Table:
        rows = tuple(
            (
                Cell(name),
                *(
                    Cell(say(value, self.unit), as_said(value, self.unit), unit=self.unit)
                    for value in self.values[place]
                ),
            )
            for place, name in enumerate(self.rows)
        )
        return Table(self.title, (self.axis, *self.columns), rows)


@dataclass(frozen=True, slots=True)
class Whisk:
    """A row: its name, where it leads, its figure with its interval, and what else stands in the row."""

    name: str
    point: Point
    more: tuple[Cell, ...] = ()
    href: str = ""


@dataclass(frozen=True)
class Whisks:
    """One row a group: the interval as a line, the value as a point, the goal as a mark across."""

    key: str
    title: str
    summary: str
    unit: Unit
    axis: str
    value_name: str
    rows: tuple[Whisk, ...]
    more_names: tuple[str, ...] = ()
    goal: float | None = None
    note: str = ""
    most: float | None = field(default=None)

    template = "foundation/charts/whisks.html"

    @cached_property
    def top(self) -> float:
        """The end of the scale."""
        if self.most is not None:
            return self.most
        values = [
            most
            for row in self.rows
            for most in (row.point.high if row.point.high is not None else row.point.value,)
            if most is not None
        ]
        return ticks(max([*values, self.goal or 0.0], default=0.0), self.unit)[-1]

    @property
    def scale(self) -> str:
        return _("De %(low)s à %(high)s") % {"low": say(0.0, Unit.COUNT), "high": say(self.top, self.unit)}

    @cached_property
    def drawn(self) -> list[tuple[Whisk, drawing.Stroke | None, str, str, list[tuple[str, Cell]]]]:
        """(row, what is drawn, value, interval, (name, what else))."""
        return [
            (
                row,
                drawing.stroke(row.point.value, row.point.low, row.point.high, self.top),
                row.point.said(self.unit),
                "" if row.point.low is None else interval(row.point, self.unit),
                list(zip(self.more_names, row.more, strict=True)),
            )
            for row in self.rows
        ]

    @property
    def goal_place(self) -> float | None:
        return None if self.goal is None or not self.top else drawing.along(self.goal, self.top)

    @cached_property
    def table(self) -> Table:
        head = (self.axis, self.value_name, _("Intervalle à 95 %"), *self.more_names)
        rows = tuple(
            (
                Cell(row.name, href=row.href),
                Cell(row.point.said(self.unit), as_said(row.point.value, self.unit), unit=self.unit),
                Cell(interval(row.point, self.unit)),
                *row.more,
            )
            for row in self.rows
        )
        return Table(self.title, head, rows)
