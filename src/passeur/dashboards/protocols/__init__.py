"""What a page of figures is made of, whichever room its figures come from."""

from .boards import Board, Difference, Idea, Tile
from .pages import Page, pages, register
from .slices import Period, Slice

__all__ = ["Board", "Difference", "Idea", "Page", "Period", "Slice", "Tile", "pages", "register"]
