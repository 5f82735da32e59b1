"""Bringing in what was written elsewhere: one loader for every kind of archive."""

from .communities import community_for
from .loading import Progress, Summary, load

__all__ = ["Progress", "Summary", "community_for", "load"]
