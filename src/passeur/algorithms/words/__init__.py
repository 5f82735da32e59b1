"""Which words a search takes for one another, in French and in English."""

from .stems import LANGUAGES, Language, stem

__all__ = ["LANGUAGES", "Language", "stem"]
