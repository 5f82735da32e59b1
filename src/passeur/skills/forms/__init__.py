"""Forms of the skills room."""

from .themes import EditTheme, MergeTheme, NewTheme, Statement, SynonymForm

__all__ = ["EditTheme", "MergeTheme", "NewTheme", "Statement", "SynonymForm"]
