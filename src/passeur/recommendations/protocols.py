"""The port *text vectors*: documents go in, what is close to a text comes out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Document:
    """A text that can be found again.

    `kind` and `object_id` name it; `scope` is where it may be found (a community), and nowhere else.
    `replies` are what others said of it, and `labels` its themes: they help to find it, and count less.
    """

    kind: str
    object_id: int
    scope: int
    title: str
    text: str = ""
    replies: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A text to compare with the documents of one kind in one scope. `leave_out` are never returned."""

    kind: str
    scope: int
    title: str
    text: str = ""
    labels: tuple[str, ...] = ()
    leave_out: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Close:
    """A document close to a query. `score` grows with closeness and compares within one answer only."""

    object_id: int
    score: float
    very_close: bool


class TextVectors(Protocol):
    """What every adapter does. Indexing a document again replaces it."""

    name: str

    def index(self, documents: Sequence[Document]) -> None:
        """Make the documents findable."""

    def forget(self, kind: str, ids: Collection[int]) -> None:
        """Keep nothing of them."""

    def closest(self, query: Query, limit: int) -> list[Close]:
        """The closest documents, closest first."""


class Embedder(Protocol):
    """Turns texts into vectors of length one whose inner product says how close two texts are."""

    name: str
    very_close: float
    """From which inner product on two texts are called very close."""

    def dimensions(self) -> int:
        """How long the vectors are."""

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """The vectors of texts that will be looked for."""

    def query(self, text: str) -> list[float]:
        """The vector of a text that looks."""
