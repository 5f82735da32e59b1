"""The words that synthetic communities speak: by language, by trade, and the sentences they stand in."""

from .language import LANGUAGES, Lexicon, Noun, Trade

__all__ = ["LANGUAGES", "Lexicon", "Noun", "Trade"]
