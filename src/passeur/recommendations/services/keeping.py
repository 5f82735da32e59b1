"""Keeping what is closest to a text, so that a page reads it by key. A change costs by what it touches."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from hashlib import blake2b

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from .. import adapters
from ..adapters import entering
from ..adapters.lexical import Lexical
from ..models import CloseList
from ..protocols import Document, Query

SHOWN, KEPT = 3, 6
"""How many of a list are shown, and kept: some may be gone, or no question any more."""

Ask = Callable[[Collection[int]], Mapping[int, Query]]

_WRITE = """
insert into recommendations_closelist (kind, object_id, scope, adapter, close, least, digest, made_at)
values (%s, %s, %s, %s, %s, %s, %s, %s) on conflict (kind, object_id) do update
set scope = excluded.scope, adapter = excluded.adapter, close = excluded.close, least = excluded.least,
    digest = coalesce(excluded.digest, recommendations_closelist.digest), made_at = excluded.made_at
"""


def keep_lists(queries: Mapping[int, Query]) -> dict[int, list[int]]:
    """Look for what is closest to each of these, by its id, keep it and give it."""
    return _keep(queries, {})


def follow(documents: Sequence[Document], ask: Ask) -> None:
    """After these were indexed: make their lists, and those that their texts enter, leave or move in.

    `ask` gives the queries of documents by their ids. A text that is what it was moves nothing: what
    others added to it since then counts when a list is made the next time.
    """
    for document in _changed(documents):
        before = CloseList.objects.filter(kind=document.kind, object_id=document.object_id)
        touched = {pk for close in before.values_list("close", flat=True) for pk in close}
        touched.update(entering.entered_by(document, settings.TEXT_VECTORS))
        kept = CloseList.objects.filter(kind=document.kind, object_id__in=touched)
        wanted = {document.object_id, *kept.values_list("object_id", flat=True)}
        _keep(ask(wanted), {document.object_id: _digest(document)})


def forget_lists(kind: str, scopes: Iterable[int] | None = None) -> None:
    """Keep no lists of a kind, or of these scopes: too much changed at once."""
    rows = CloseList.objects.filter(kind=kind)
    (rows if scopes is None else rows.filter(scope__in=list(scopes))).delete()


def _changed(documents: Sequence[Document]) -> list[Document]:
    """Those whose own text the lists of others have not followed yet."""
    rows = CloseList.objects.filter(
        kind__in={document.kind for document in documents},
        object_id__in=[document.object_id for document in documents],
        adapter=settings.TEXT_VECTORS,
    )
    followed = {(kind, pk): digest for kind, pk, digest in rows.values_list("kind", "object_id", "digest")}
    return [one for one in documents if followed.get((one.kind, one.object_id)) != _digest(one)]


def _digest(document: Document) -> int:
    text = f"{document.scope}\n{document.title}\n{document.text}"
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def _keep(queries: Mapping[int, Query], digests: Mapping[int, int]) -> dict[int, list[int]]:
    found, rows, now = {}, [], timezone.now()
    for pk, query in sorted(queries.items()):  # in one order, so that two jobs wait and do not block
        close, least = _closest(query)
        found[pk] = close
        rows.append((query.kind, pk, query.scope, settings.TEXT_VECTORS, close, least, digests.get(pk), now))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(_WRITE, rows)
    return found


def _closest(query: Query) -> tuple[list[int], float]:
    """The ids, and from which score by words on another would be among those that are shown; 0 for any."""
    serving = adapters.serving()
    if not isinstance(serving, Lexical):
        return [one.object_id for one in serving.closest(query, KEPT)], 0.0
    _ideal, rows = serving.scored(query, KEPT)
    return [pk for pk, _score, _shared in rows], rows[SHOWN - 1][1] if len(rows) >= SHOWN else 0.0
