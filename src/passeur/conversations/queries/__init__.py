"""What other code asks about conversations."""

from . import asked, lists, needs, threads, worked

__all__ = ["asked", "lists", "needs", "threads", "worked"]
