"""Pages of figures, the lists behind them, and their files."""

from .definitions import definitions
from .files import file
from .pages import home, listing, page

__all__ = ["definitions", "file", "home", "listing", "page"]
