"""Which groups are tied to which: groups on a circle, a line for each two, as wide as its ties are many."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from .tables import Cell, Table
from .units import Unit, say

WIDTH, HEIGHT = 640.0, 400.0
_CENTRE = (WIDTH / 2, HEIGHT / 2)
_RADII = (160.0, 140.0)
LARGEST, SMALLEST, WIDEST = 16.0, 6.0, 9.0


@dataclass(frozen=True, slots=True)
class Knot:
    """A group on the circle: where it is, how large its point, and where its name stands."""

    name: str
    x: float
    y: float
    radius: float
    word_x: float
    word_y: float
    anchor: str
    number: int


@dataclass(frozen=True, slots=True)
class Strand:
    """A line between two groups; `title` says in words what it stands for."""

    path: str
    width: float
    title: str


@dataclass(frozen=True)
class Web:
    """Groups by name, with what ties each two (`ties[i][j]`, the diagonal: within; None: not told).

    `more` are further figures of each group, named by `more_names`. Never a group of one person: whoever
    makes it has asked the guard.
    """

    key: str
    title: str
    summary: str
    axis: str
    names: tuple[str, ...]
    ties: tuple[tuple[float | None, ...], ...]
    more_names: tuple[str, ...] = ()
    more: tuple[tuple[Cell, ...], ...] = ()
    within: str = ""
    note: str = ""

    template = "foundation/charts/web.html"
    legend = ()
    height = HEIGHT

    @cached_property
    def most(self) -> float:
        """The widest line stands for so many."""
        across = (self.ties[i][j] or 0.0 for i in range(len(self.names)) for j in range(i))
        return max(across, default=0.0)

    @cached_property
    def knots(self) -> list[Knot]:
        """The larger the point, the more ties within the group."""
        inside = [self.ties[place][place] or 0.0 for place in range(len(self.names))]
        top = max(inside, default=0.0)
        made = []
        for place, name in enumerate(self.names):
            x, y = _on_circle(place, len(self.names))
            share = math.sqrt(inside[place] / top) if top else 0.0
            radius = SMALLEST + (LARGEST - SMALLEST) * share
            side = x - _CENTRE[0]
            anchor = "middle" if abs(side) < 30 else "start" if side > 0 else "end"
            away = radius + 8
            word_x = x + (0.0 if anchor == "middle" else math.copysign(away, side))
            down = y > _CENTRE[1]
            word_y = y + 4.5 if anchor != "middle" else y + (away + 10 if down else -away)
            made.append(
                Knot(name, round(x, 1), round(y, 1), round(radius, 1), round(word_x, 1), round(word_y, 1),
                     anchor, place + 1)
            )  # fmt: skip
        return made

    @cached_property
    def strands(self) -> list[Strand]:
        """Lines bent towards the middle, the strongest on top."""
        found = []
        for i in range(len(self.names)):
            for j in range(i):
                value = self.ties[i][j]
                if value:
                    width = round(1 + (WIDEST - 1) * value / self.most, 1)
                    title = _("%(one)s – %(other)s : %(n)s") % {
                        "one": self.names[j],
                        "other": self.names[i],
                        "n": say(value, Unit.COUNT),
                    }
                    found.append((value, Strand(self._path(j, i), width, title)))
        return [strand for _value, strand in sorted(found, key=lambda one: one[0])]

    def _path(self, one: int, other: int) -> str:
        a, b = (_on_circle(place, len(self.names)) for place in (one, other))
        bend = ((a[0] + b[0]) / 4 + _CENTRE[0] / 2, (a[1] + b[1]) / 4 + _CENTRE[1] / 2)
        (x, y), (u, v), (p, q) = a, bend, b
        return f"M{x:.1f} {y:.1f} Q{u:.1f} {v:.1f} {p:.1f} {q:.1f}"

    @cached_property
    def table(self) -> Table:
        """A row a group: its figures, how many ties are within it, and with which groups it has some."""
        head = (self.axis, *self.more_names, _("À l’intérieur"), _("Avec d’autres"), _("Avec lesquels"))
        rows = []
        for place, name in enumerate(self.names):
            row = self.ties[place]
            others = [
                (value, self.names[other]) for other, value in enumerate(row) if value and other != place
            ]
            rows.append(
                (
                    Cell(name),
                    *(self.more[place] if self.more else ()),
                    Cell(say(row[place], Unit.COUNT), row[place]),
                    Cell(say(sum(value for value, _name in others), Unit.COUNT)),
                    Cell(
                        ", ".join(
                            _("%(one)s : %(n)s") % {"one": other, "n": say(value, Unit.COUNT)}
                            for value, other in sorted(others, key=lambda one: -one[0])
                        )
                        or "–"
                    ),
                )
            )
        return Table(self.title, head, tuple(rows), self._sheet)

    @property
    def _sheet(self) -> Table:
        """A row a group: its figures, then what ties it to each group."""
        rows = tuple(
            (
                Cell(name),
                *(self.more[place] if self.more else ()),
                *(Cell(say(value, Unit.COUNT), value) for value in self.ties[place]),
            )
            for place, name in enumerate(self.names)
        )
        return Table(self.title, (self.axis, *self.more_names, *self.names), rows)


def _on_circle(place: int, places: int) -> tuple[float, float]:
    angle = 2 * math.pi * (place + 0.5) / max(1, places) - math.pi / 2
    return _CENTRE[0] + _RADII[0] * math.cos(angle), _CENTRE[1] + _RADII[1] * math.sin(angle)
