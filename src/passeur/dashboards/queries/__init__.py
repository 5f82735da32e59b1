"""What the pages of figures are made from. Importing it registers the pages of this room."""

from . import response, working

__all__ = ["response", "working"]
