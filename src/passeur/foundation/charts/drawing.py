"""From values to places in a picture of 600 × 240, stretched to its frame while strokes keep their width."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 600.0, 240.0
LABELS = 12
Measured = tuple[float | None, float | None, float | None]


@dataclass(frozen=True, slots=True)
class Label:
    """A word under a picture; empty ones keep their place.

    Minor ones go where it is narrow, those in the middle of what is left go on a telephone.
    """

    words: str
    is_minor: bool = False
    is_middle: bool = False

    @property
    def style(self) -> str:
        """The class that says where it goes."""
        return "m" if self.is_minor else "n" if self.is_middle else ""


@dataclass(frozen=True, slots=True)
class Line:
    """Paths of a line, of its interval (empty: none), and the point at its end."""

    style: str
    path: str
    band: str
    end: str


@dataclass(frozen=True, slots=True)
class Bar:
    style: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Square:
    """`strength` in [0, 1]; None is drawn as a gap."""

    x: int
    y: int
    strength: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """Along 0 to 100: a point, and the line of its interval (None: none)."""

    at: float
    start: float | None
    end: float | None


def height(value: float, top: float) -> float:
    """Pixels from the top, kept inside the picture."""
    share = min(max(value / top, 0.0), 1.0) if top else 0.0
    return round(HEIGHT * (1 - share), 1)


def along(value: float, top: float) -> float:
    """From 0 to 100."""
    return round(100 * min(max(value / top, 0.0), 1.0), 1) if top else 0.0


def heights(marks: Sequence[float]) -> list[float]:
    return [height(mark, marks[-1]) for mark in marks]


def labels(words: Sequence[str], most: int = LABELS, every: int = 0) -> list[Label]:
    """A word every so many places (0: so that at most `most` stand there); every second is minor, and
    every second of the others in the middle.
    """
    every = every or max(1, math.ceil(len(words) / most))
    return [
        Label(word, (place // every) % 2 == 1, (place // every) % 4 == 2) if place % every == 0 else Label("")
        for place, word in enumerate(words)
    ]


def line(points: Sequence[Measured], top: float, *, style: str) -> Line:
    """A line over evenly spaced points; where a value is missing, it begins anew."""
    across = WIDTH / max(1, len(points) - 1)
    stretches: list[list[tuple[float, float]]] = [[]]
    lows: list[tuple[float, float]] = []
    highs: list[tuple[float, float]] = []
    for place, (value, low, high) in enumerate(points):
        x = round(place * across, 1)
        if value is None:
            stretches.append([])
            continue
        stretches[-1].append((x, height(value, top)))
        if low is not None and high is not None:
            lows.append((x, height(low, top)))
            highs.append((x, height(high, top)))
    drawn = [_path(stretch) for stretch in stretches if stretch]
    band = ""
    if len(lows) > 1:
        band = _path(highs) + " L" + _joined(list(reversed(lows))) + "Z"
    last = next((stretch[-1] for stretch in reversed(stretches) if stretch), None)
    end = "" if last is None else f"M{last[0]} {last[1]}h0"
    return Line(style, " ".join(drawn), band, end)


def bars(values: Sequence[Sequence[float | None]], styles: Sequence[str], top: float) -> list[Bar]:
    """Groups of bars, one group a place."""
    places = max((len(one) for one in values), default=0)
    if not places:
        return []
    room = WIDTH / places
    width = room * 0.72 / len(values)
    drawn = []
    for number, (series, style) in enumerate(zip(values, styles, strict=True)):
        for place, value in enumerate(series):
            if value:
                y = height(value, top)
                x = round(place * room + room * 0.14 + number * width, 1)
                drawn.append(Bar(style, x, y, round(width * 0.94, 1), round(HEIGHT - y, 1)))
    return drawn


def squares(values: Sequence[Sequence[float | None]]) -> list[Square]:
    """One a cell, as strong as its share of the greatest one."""
    most = max((value for row in values for value in row if value is not None), default=0.0)
    return [
        Square(column, row, round(0.08 + 0.92 * value / most, 2) if value and most else 0.0)
        for row, cells in enumerate(values)
        for column, value in enumerate(cells)
        if value is not None
    ]


def stroke(value: float | None, low: float | None, high: float | None, top: float) -> Stroke | None:
    """What a row of intervals draws; nothing without a value. Without an upper bound, it goes to the end."""
    if value is None:
        return None
    if low is None:
        return Stroke(along(value, top), None, None)
    return Stroke(along(value, top), along(low, top), along(top if high is None else high, top))


def _path(points: Sequence[tuple[float, float]]) -> str:
    if len(points) == 1:
        return f"M{points[0][0]} {points[0][1]}h0"
    return "M" + _joined(points)


def _joined(points: Sequence[tuple[float, float]]) -> str:
    return " L".join(f"{x} {y}" for x, y in points)
