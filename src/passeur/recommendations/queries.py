"""What other rooms ask: what is close to a text, and whether the adapter that is set can work."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Collection, Sequence
from functools import lru_cache
from threading import Lock
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from passeur.foundation.prepared import Asked, Question, prepared

from . import adapters
from .adapters.terms import number, of_query
from .models import LexicalDocument, LexicalTerm
from .protocols import Close, Query

__all__ = [
    "Close",
    "Query",
    "close_lately",
    "close_now",
    "closest",
    "commonness",
    "indexed",
    "semantic_readiness",
]

MOST = 4_000
"""Texts of which a process keeps what is close to them; what was not asked for longest goes first."""
LASTS = 3_600
"""Seconds for which that is kept."""

_kept: OrderedDict[tuple[Query, str], tuple[str, float, tuple[int, ...]]] = OrderedDict()
_lock = Lock()


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


def commonness(query: Query) -> Question:
    """How many documents have each word of a text, to be asked with what a page asks.

    It says something else as soon as one that shares a word with the text comes or goes.
    """
    return _counted.asked(terms=_numbers(query))


def close_lately(query: Query) -> tuple[int, ...]:
    """What was close to it when `close_now` was last asked in this process; it may be so no more."""
    kept = _kept.get((query, settings.TEXT_VECTORS))
    return kept[2] if kept else ()


def close_now(query: Query, common: str, *, limit: int = 3) -> tuple[int, ...]:
    """The ids of what is closest to a text that stands, as a question does on its page.

    Looked for once, and again when `common`, which is what `commonness` said, says something else, or after
    an hour: until then one whose words changed in their number only may stand where it stood.
    """
    key, now = (query, settings.TEXT_VECTORS), time.monotonic()
    kept = _kept.get(key)
    if kept is not None and kept[0] == common and now < kept[1]:
        return kept[2]
    found = tuple(one.object_id for one in adapters.serving().closest(query, limit))
    with _lock:
        _kept[key] = (common, now + LASTS, found)
        _kept.move_to_end(key)
        if len(_kept) > MOST:
            _kept.popitem(last=False)
    return found


@lru_cache(maxsize=MOST)
def _numbers(query: Query) -> list[int]:
    return sorted(number(query.kind, query.scope, term) for term in of_query(query).weights)


@prepared
def _counted(terms: Asked) -> QuerySet[LexicalTerm, Any]:
    return LexicalTerm.objects.filter(term__among=terms).order_by("term").values("term", "documents")
