"""What other code asks about conversations."""

from . import lists, threads

__all__ = ["lists", "threads"]
