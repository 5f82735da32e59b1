"""What a paper says, in the order in which it is read and heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from passeur.foundation.charts import Table


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of what follows."""

    words: str

    sort: ClassVar[str] = "heading"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    words: str

    sort: ClassVar[str] = "text"


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph in small letters."""

    words: str

    sort: ClassVar[str] = "note"


@dataclass(frozen=True, slots=True)
class Points:
    """A list, one point a line."""

    words: tuple[str, ...]

    sort: ClassVar[str] = "points"


@dataclass(frozen=True, slots=True)
class Card:
    """One figure. `note`: its interval and its base; `change`: from the period before, `real` or not.

    `plain`: words stand where a figure would.
    """

    name: str
    words: str
    note: str = ""
    change: str = ""
    real: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Cards:
    """Figures side by side, three a row."""

    cards: tuple[Card, ...]

    sort: ClassVar[str] = "cards"


@dataclass(frozen=True, slots=True)
class Terms:
    """Words and what they mean."""

    pairs: tuple[tuple[str, str], ...]

    sort: ClassVar[str] = "terms"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; its caption stands above it as a heading."""

    table: Table

    sort: ClassVar[str] = "sheet"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, and what it shows for those who do not see it."""

    svg: str
    alt: str

    sort: ClassVar[str] = "picture"


Part = Heading | Text | Note | Points | Cards | Terms | Sheet | Picture


@dataclass(frozen=True, slots=True)
class Paper:
    """`language` is that of all its words; `foot` stands beside the number of each page."""

    title: str
    language: str
    parts: tuple[Part, ...]
    lead: str = ""
    eyebrow: str = ""
    foot: str = "Passeur"
