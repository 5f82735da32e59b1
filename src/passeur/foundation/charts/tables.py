"""The tables behind charts, and those that are shown as they are."""

from __future__ import annotations

from dataclasses import dataclass

from .units import Unit


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table shows, and the number that it stands for in a spreadsheet (None: the words alone), in the
    measure of its `unit`.
    """

    text: str
    value: float | None = None
    href: str = ""
    unit: Unit = Unit.COUNT

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Table:
    """The first cell of a row names it. `sheet` is the same for a spreadsheet: as numbers. `note` says how to
    read it, where no chart beside it does.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sheet: Table | None = None
    note: str = ""

    @property
    def labelled(self) -> list[list[tuple[str, Cell]]]:
        """Each row with the names of its columns, for where it is narrow."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Rows:
    """A table shown as it is, for what no picture says better."""

    key: str
    title: str
    table: Table
    note: str = ""

    template = "foundation/charts/rows.html"
