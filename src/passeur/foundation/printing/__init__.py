"""Papers: what is printed or sent as a file, as tagged PDF in our own fonts."""

from .paper import Card, Cards, Heading, Note, Paper, Part, Picture, Points, Sheet, Terms, Text
from .press import pdf

__all__ = [
    "Card", "Cards", "Heading", "Note", "Paper", "Part", "Picture", "Points", "Sheet", "Terms", "Text", "pdf",
]  # fmt: skip
