"""What other rooms ask: what is close to a text, and whether the adapter that is set can work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.conf import settings
from django.db.models import F, Func, QuerySet

from passeur.foundation.prepared import Asked, prepared

from . import adapters
from .models import CloseList, LexicalDocument
from .protocols import Close, Query

__all__ = [
    "Close",
    "Query",
    "closest",
    "indexed",
    "kept_ids",
    "kept_list",
    "made_since",
    "semantic_readiness",
]


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


@prepared
def kept_list(kind: Asked, object_id: Asked, adapter: Asked) -> QuerySet[CloseList, Any]:
    """The ids of what is closest to a document, closest first, where they are kept: one row, for a page."""
    return _kept(kind, object_id, adapter).values("close")


def kept_ids(kind: Asked, object_id: Asked, adapter: Asked) -> QuerySet[CloseList, Any]:
    """The same ids, a row each, for queries of other rooms."""
    ids = _kept(kind, object_id, adapter).annotate(one=Func(F("close"), function="unnest"))
    return ids.values("one")


def _kept(kind: Asked, object_id: Asked, adapter: Asked) -> QuerySet[CloseList]:
    return CloseList.objects.filter(kind=kind, object_id=object_id, adapter=adapter)


def made_since(kind: str, ids: Collection[int], since: dt.datetime) -> set[int]:
    """Those among these documents whose list was made since then, by the adapter that is set."""
    rows = CloseList.objects.filter(kind=kind, object_id__in=ids, made_at__gte=since)
    return set(rows.filter(adapter=settings.TEXT_VECTORS).values_list("object_id", flat=True))
