"""Which adapter of the port *text vectors* serves: words always, meaning beside them where it is set."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.conf import settings
from django.db import transaction

from ..errors import UnknownAdapter
from ..protocols import Embedder, TextVectors
from .endpoint import Endpoint
from .fused import Fused
from .lexical import Lexical
from .semantic import E5
from .vectors import Vectors

__all__ = ["NAMES", "Fused", "Vectors", "alone", "forget_everywhere", "serving", "vectors"]

_EMBEDDERS: dict[str, Callable[[], Embedder]] = {"semantic": E5, "endpoint": Endpoint}
NAMES = ("lexical", *_EMBEDDERS)


def serving(name: str = "") -> TextVectors:
    """The adapter called `name`, else the one that is set (`PASSEUR_TEXT_VECTORS`)."""
    name = name or settings.TEXT_VECTORS
    if name == "lexical":
        return Lexical()
    return Fused(Lexical(), vectors(name))


def vectors(name: str, around: Callable[[Embedder], Embedder] | None = None) -> Vectors:
    """The vectors of `semantic` or `endpoint`, without the words; `around` wraps what computes them."""
    if name not in _EMBEDDERS:
        raise UnknownAdapter(name=name, known=", ".join(NAMES))
    embedder = _EMBEDDERS[name]()
    return Vectors(around(embedder) if around else embedder)


def forget_everywhere(kind: str, ids: Collection[int]) -> None:
    """Take documents out of every index, also of those that serve no longer."""
    with transaction.atomic():
        for name in NAMES:
            alone(name).forget(kind, ids)


def alone(name: str) -> TextVectors:
    """One adapter without any other, to measure what it does."""
    return Lexical() if name == "lexical" else vectors(name)
