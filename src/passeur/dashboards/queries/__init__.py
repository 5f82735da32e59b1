"""What the pages of figures are made from. Importing it registers the pages of this room."""

from . import response

__all__ = ["response"]
