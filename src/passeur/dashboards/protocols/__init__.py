"""What a page of figures is made of, whichever room its figures come from."""

from .boards import Board, Difference, Idea, Tile
from .definitions import Definition, define, of_page
from .pages import Page, pages, register
from .slices import Period, Slice

__all__ = [
    "Board",
    "Definition",
    "Difference",
    "Idea",
    "Page",
    "Period",
    "Slice",
    "Tile",
    "define",
    "of_page",
    "pages",
    "register",
]
