"""Keeping what can be found up to date. Called by jobs: vectors take time that nobody should wait for."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .. import adapters
from ..models import CloseList
from ..protocols import Document
from .keeping import follow, forget_lists, keep_lists

__all__ = ["Document", "follow", "forget", "forget_lists", "index", "keep_lists", "prepare"]


def index(documents: Sequence[Document], *, adapter: str = "") -> None:
    """Make documents findable, or bring them up to date; one at a time or thousands give the same."""
    adapters.serving(adapter).index(documents)


def forget(kind: str, ids: Collection[int]) -> None:
    """Keep nothing of these documents in any adapter that has a place for them, nor what is close to them."""
    CloseList.objects.filter(kind=kind, object_id__in=ids).delete()
    adapters.forget_everywhere(kind, ids)


def prepare(adapter: str, *, anew: bool = False) -> None:
    """Make what an adapter needs in the database, or raise the sentence of what is missing."""
    if adapter != "lexical":
        adapters.vectors(adapter).prepare(anew=anew)
