"""Bringing in what was written elsewhere: one loader for every kind of archive."""

from .attention import follow_what_one_wrote_in, provide_misses
from .communities import community_for
from .loading import Progress, Summary, load
from .themes import keys_by_name
from .totals import Totals, totals_of

__all__ = [
    "Progress",
    "Summary",
    "Totals",
    "community_for",
    "follow_what_one_wrote_in",
    "keys_by_name",
    "load",
    "provide_misses",
    "totals_of",
]
