"""What other rooms ask: what is close to a text, and whether the adapter that is set can work."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.conf import settings

from . import adapters
from .models import LexicalDocument
from .protocols import Close, Query

__all__ = ["Close", "Query", "closest", "indexed", "semantic_readiness"]


def closest(
    *,
    kind: str,
    scope: int,
    title: str,
    text: str = "",
    labels: Collection[str] = (),
    leave_out: Collection[int] = (),
    limit: int = 10,
) -> list[Close]:
    """The documents of a kind and scope that are closest to a text, closest first.

    `labels` are its themes, where they are known; `leave_out` are ids of documents not wanted.
    """
    query = Query(kind, scope, title, text, tuple(labels), tuple(leave_out))
    return adapters.serving().closest(query, limit)


def indexed(kind: str, *, after: int = 0, limit: int = 1_000) -> Sequence[int]:
    """The ids of indexed documents of a kind, in order, from the one after `after`."""
    rows = LexicalDocument.objects.filter(kind=kind, object_id__gt=after).order_by("object_id")
    return list(rows.values_list("object_id", flat=True)[:limit])


def semantic_readiness() -> None:
    """Raise the sentence of what the adapter that is set still lacks; `lexical` lacks nothing."""
    if settings.TEXT_VECTORS != "lexical":
        adapters.vectors(settings.TEXT_VECTORS).ready()
