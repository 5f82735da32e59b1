"""What the pages of figures are made from. Importing it registers the pages of this room."""

from . import content, network, pulse, response, summary, themes, working

__all__ = ["content", "network", "pulse", "response", "summary", "themes", "working"]
