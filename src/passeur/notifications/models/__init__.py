"""Notices, what each person chose, and letters."""

from .letter import Letter
from .notice import Notice
from .wishes import Choice, Wishes

__all__ = ["Choice", "Letter", "Notice", "Wishes"]
