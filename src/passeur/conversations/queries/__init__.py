"""What other code asks about conversations."""

from . import lists, needs, threads

__all__ = ["lists", "needs", "threads"]
