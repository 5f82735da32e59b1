"""Charts as SVG made on the server, with the table of what they draw: pages and files read it."""

from .shapes import Bars, Cell, Chart, Drawable, Heat, Lines, Point, Series, Table, Whisk, Whisks
from .units import Unit, say, ticks

__all__ = [
    "Bars", "Cell", "Chart", "Drawable", "Heat", "Lines", "Point", "Series", "Table", "Unit", "Whisk",
    "Whisks", "say", "ticks",
]  # fmt: skip
