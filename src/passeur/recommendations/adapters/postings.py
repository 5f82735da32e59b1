"""Writing the index of weighted terms: documents in bulk, counts that stay exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from django.db import connection

from ..protocols import Document
from .terms import number, of_document

Row = tuple[str, int, int, list[int], list[int], int, int]
Corpus = tuple[str, int]

_LOCK = """
insert into recommendations_lexicalcorpus (kind, scope, documents, length) values (%s, %s, 0, 0)
on conflict (kind, scope) do update set documents = recommendations_lexicalcorpus.documents
"""
_SCOPES = "select distinct scope from recommendations_lexicaldocument where kind = %s and object_id = any(%s)"
_TAKE_OUT = """
delete from recommendations_lexicaldocument where kind = %s and object_id = any(%s)
returning scope, terms, titles, length
"""
_COPY = """
copy recommendations_lexicaldocument (kind, object_id, scope, terms, weights, titles, length) from stdin
"""
_COUNT_TERMS = """
insert into recommendations_lexicalterm (term, documents, titles)
select * from unnest(%s::bigint[], %s::int[], %s::int[])
on conflict (term) do update set documents = recommendations_lexicalterm.documents + excluded.documents,
    titles = recommendations_lexicalterm.titles + excluded.titles
"""
_DROP_TERMS = "delete from recommendations_lexicalterm where term = any(%s) and documents <= 0"
_COUNT_CORPUS = """
update recommendations_lexicalcorpus set documents = documents + %s, length = length + %s
where kind = %s and scope = %s
"""


class Changes:
    """What a change adds to the counts, and takes from them."""

    def __init__(self) -> None:
        self.terms: Counter[int] = Counter()
        self.titles: Counter[int] = Counter()
        self.documents: Counter[Corpus] = Counter()
        self.lengths: Counter[Corpus] = Counter()

    def note(self, sign: int, corpus: Corpus, terms: Sequence[int], titles: int, length: int) -> None:
        for term in terms:
            self.terms[term] += sign
        for term in terms[:titles]:
            self.titles[term] += sign
        self.documents[corpus] += sign
        self.lengths[corpus] += sign * length


def replace(documents: Sequence[Document]) -> None:
    """Index the documents; the last one of a name counts. Call it inside a transaction."""
    latest = {(document.kind, document.object_id): document for document in documents}
    rows = [_row(document) for document in latest.values()]
    changes = Changes()
    by_kind: dict[str, list[int]] = {}
    for kind, object_id in latest:
        by_kind.setdefault(kind, []).append(object_id)
    _take_out(by_kind, {(row[0], row[2]) for row in rows}, changes)
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for row in rows:
            copy.write_row(row)
            changes.note(1, (row[0], row[2]), row[3], row[5], row[6])
    _write(changes)


def remove(kind: str, ids: Collection[int]) -> None:
    """Take documents out. Call it inside a transaction."""
    changes = Changes()
    _take_out({kind: list(ids)}, set(), changes)
    _write(changes)


def _row(document: Document) -> Row:
    weighted = of_document(document)
    numbers = [number(document.kind, document.scope, term) for term in weighted.weights]
    return (
        document.kind,
        document.object_id,
        document.scope,
        numbers,
        list(weighted.weights.values()),
        weighted.titles,
        weighted.length,
    )


def _take_out(by_kind: Mapping[str, list[int]], corpora: set[Corpus], changes: Changes) -> None:
    """Delete what is there of the documents, with every corpus concerned held until the transaction ends."""
    with connection.cursor() as cursor:
        for kind, ids in by_kind.items():
            cursor.execute(_SCOPES, [kind, ids])
            corpora |= {(kind, scope) for (scope,) in cursor.fetchall()}
        for corpus in sorted(corpora):
            cursor.execute(_LOCK, corpus)
        for kind, ids in by_kind.items():
            cursor.execute(_TAKE_OUT, [kind, ids])
            for scope, terms, titles, length in cursor.fetchall():
                changes.note(-1, (kind, scope), terms, titles, length)


def _write(changes: Changes) -> None:
    moved = sorted(
        (term, count, changes.titles[term])
        for term, count in changes.terms.items()
        if count or changes.titles[term]
    )
    with connection.cursor() as cursor:
        if moved:
            cursor.execute(_COUNT_TERMS, [list(column) for column in zip(*moved, strict=True)])
            fewer = [term for term, count, _ in moved if count < 0]
            if fewer:
                cursor.execute(_DROP_TERMS, [fewer])
        for kind, scope in _changed(changes):
            corpus = (kind, scope)
            cursor.execute(_COUNT_CORPUS, [changes.documents[corpus], changes.lengths[corpus], kind, scope])


def _changed(changes: Changes) -> Iterator[Corpus]:
    for corpus in sorted(changes.documents):
        if changes.documents[corpus] or changes.lengths[corpus]:
            yield corpus
