"""Vectors of texts in pgvector, whoever computes them. The table is made on demand: not every server can."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import blake2b
from typing import Any

from django.db import ProgrammingError, connection, transaction

from ..errors import ExtensionMissing, ExtensionRefused, ExtensionTooOld, OtherDimensions, TableMissing
from ..protocols import Close, Document, Embedder, Query

PASSAGE, QUESTION = 1_200, 400
"""How many characters are read of a document, and of a query, which somebody waits for."""
BATCH = 16
OLDEST = (0, 8)
"""The pgvector whose index goes on until enough rows of the scope are found."""

_MAKE = """
create table if not exists {table} (
    kind varchar(24) not null,
    object_id bigint not null,
    scope bigint not null,
    digest bytea not null,
    embedding vector({dimensions}) not null,
    primary key (kind, object_id)
);
create index if not exists {table}_digest on {table} (digest);
create index if not exists {table}_near on {table} using hnsw (embedding vector_ip_ops);
"""
_EXTENSION = """
select (select default_version from pg_available_extensions where name = 'vector'),
    (select extversion from pg_extension where extname = 'vector')
"""
_DIMENSIONS = """
select atttypmod from pg_attribute where attrelid = to_regclass(%s) and attname = 'embedding'
"""
_STORE = """
insert into {table} (kind, object_id, scope, digest, embedding) values (%s, %s, %s, %s, %s::vector)
on conflict (kind, object_id) do update
set scope = excluded.scope, digest = excluded.digest, embedding = excluded.embedding
"""
_MET = """
select distinct on (digest) digest, embedding::text from {table} where digest = any(%s)
"""
_FORGET = """
delete from {table} where kind = %s and object_id = any(%s)
"""
_NEAR = """
select object_id, -(embedding <#> %(query)s::vector) from {table}
where kind = %(kind)s and scope = %(scope)s and object_id <> all(%(leave_out)s::bigint[])
order by embedding <#> %(query)s::vector limit %(limit)s
"""


class Vectors:
    """Closeness of meaning: the inner product of the vectors that `embedder` gives."""

    def __init__(self, embedder: Embedder) -> None:
        self.name = embedder.name
        self._embedder = embedder
        self._table = f"recommendations_vectors_{embedder.name}"

    def prepare(self, *, anew: bool = False) -> None:
        """Make the table where the server can; `anew` forgets the vectors there are."""
        dimensions = self._embedder.dimensions()
        switch_on()
        with transaction.atomic(), connection.cursor() as cursor:
            if anew:
                cursor.execute(f"drop table if exists {self._table}")
            cursor.execute(_MAKE.format(table=self._table, dimensions=dimensions))
        self._require(dimensions)

    def ready(self) -> None:
        """Raise the sentence of what is missing."""
        self._require(self._embedder.dimensions())

    def _require(self, dimensions: int) -> None:
        kept = self._kept()
        if kept != dimensions:
            raise OtherDimensions(name=self.name, kept=kept, given=dimensions)

    def _kept(self) -> int:
        """The dimensions of the table."""
        with connection.cursor() as cursor:
            cursor.execute(_DIMENSIONS, [self._table])
            row = cursor.fetchone()
        if row is None:
            raise TableMissing(name=self.name)
        return int(row[0])

    def index(self, documents: Sequence[Document]) -> None:
        """Compute the vectors of texts that changed, a few at a time; each batch is kept when it is done."""
        self._kept()
        for start in range(0, len(documents), BATCH):
            self._index(documents[start : start + BATCH])

    def _index(self, batch: Sequence[Document]) -> None:
        texts = [_passage(document.title, document.text, PASSAGE) for document in batch]
        digests = [blake2b(text.encode(), digest_size=16).digest() for text in texts]
        known = self._known(digests)
        missing = {d: text for d, text in zip(digests, texts, strict=True) if d not in known}
        if missing:
            vectors = self._embedder.passages(list(missing.values()))
            self._require(len(vectors[0]))
            known |= {digest: str(vector) for digest, vector in zip(missing, vectors, strict=True)}
        rows = [
            (document.kind, document.object_id, document.scope, digest, known[digest])
            for document, digest in zip(batch, digests, strict=True)
        ]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_STORE.format(table=self._table), sorted(rows))

    def _known(self, digests: Sequence[bytes]) -> dict[bytes, str]:
        """The vectors of texts that were met before, wherever: the same text has the same vector."""
        with connection.cursor() as cursor:
            cursor.execute(_MET.format(table=self._table), [list(digests)])
            return {bytes(digest): vector for digest, vector in cursor.fetchall()}

    def forget(self, kind: str, ids: Collection[int]) -> None:
        """Delete the vectors, where there are any."""
        with connection.cursor() as cursor:
            cursor.execute("select to_regclass(%s) is not null", [self._table])
            if not cursor.fetchone()[0]:
                return
            cursor.execute(_FORGET.format(table=self._table), [kind, list(ids)])

    def closest(self, query: Query, limit: int) -> list[Close]:
        """The nearest vectors of the scope; the index goes on until it has found `limit` there."""
        self._kept()
        vector = self._embedder.query(_passage(query.title, query.text, QUESTION))
        self._require(len(vector))
        values: dict[str, Any] = {
            "query": str(vector),
            "kind": query.kind,
            "scope": query.scope,
            "leave_out": list(query.leave_out),
            "limit": limit,
        }
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local hnsw.iterative_scan = strict_order")
            cursor.execute(_NEAR.format(table=self._table), values)
            rows = cursor.fetchall()
        return [Close(pk, score, score >= self._embedder.very_close) for pk, score in rows]


def switch_on() -> None:
    """Have pgvector in this database, or raise the sentence that says why not."""
    with connection.cursor() as cursor:
        cursor.execute(_EXTENSION)
        available, present = cursor.fetchone()
        version = present or available
        if not version:
            raise ExtensionMissing
        if tuple(int(part) for part in version.split(".")[:2]) < OLDEST:
            raise ExtensionTooOld(version=version)
        if present:
            return
        try:
            with transaction.atomic():
                cursor.execute("create extension if not exists vector")
        except ProgrammingError as error:
            raise ExtensionRefused from error


def _passage(title: str, text: str, characters: int) -> str:
    return f"{title}\n{text}"[:characters].strip()
