"""What the pages of figures are made from. Importing it registers the pages of this room."""

from . import network, response, working

__all__ = ["network", "response", "working"]
