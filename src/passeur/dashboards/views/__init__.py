"""Pages of figures, the lists behind them, and their files."""

from .files import file
from .pages import home, listing, page

__all__ = ["file", "home", "listing", "page"]
