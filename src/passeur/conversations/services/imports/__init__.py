"""Bringing in what was written elsewhere: one loader for every kind of archive."""

from .communities import community_for
from .loading import Progress, Summary, load
from .totals import Totals, totals_of

__all__ = ["Progress", "Summary", "Totals", "community_for", "load", "totals_of"]
