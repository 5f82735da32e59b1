"""What other code asks about conversations."""

from . import asked, lists, needs, threads

__all__ = ["asked", "lists", "needs", "threads"]
