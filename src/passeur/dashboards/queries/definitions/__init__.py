"""The definitions of all figures; what a tile says of its figure is said here, once."""

from . import exchanges, people, texts

__all__ = ["exchanges", "people", "texts"]
