"""Charts as SVG made on the server, with the table of what they draw: pages and files read it."""

from .grids import Heat, Whisk, Whisks
from .shapes import Bars, Chart, Lines, Point, Series
from .tables import Cell, Rows, Table
from .units import Unit, as_said, say, ticks
from .webs import Web

Drawable = Chart | Heat | Rows | Web | Whisks
"""What `{% chart %}` draws."""

__all__ = [
    "Bars", "Cell", "Chart", "Drawable", "Heat", "Lines", "Point", "Rows", "Series", "Table", "Unit",
    "Web", "Whisk", "Whisks", "as_said", "say", "ticks",
]  # fmt: skip
