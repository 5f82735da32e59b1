"""Weighted terms in PostgreSQL: BM25 over an inverted index, on any stock server.

Robertson & Zaragoza (2009), with Lucene's idf, and a bonus for words that stand in both titles. What a
search reads is bounded, however many documents there are: rare terms, and sets of heavy ones that few have
together, anywhere or in their title, gather some hundreds of candidates (`BUDGET` each way, never above
`TITLED` and `OTHERS`), and all heavy terms score them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod
from typing import Any

from django.db import connection, transaction

from ..protocols import Close, Document, Query
from . import postings
from .terms import number, of_query

K1, B = 1.6, 0.6
TITLE_BONUS = 0.5
HEAVIEST = 40
BUDGET, TITLED, OTHERS = 300, 400, 500
TOGETHER, AT_LEAST = 6, 4
LONGEST = 5_000
NOWHERE = (0, 0)
VERY_CLOSE, SHARED = 0.45, 3
"""A very close text reaches this share of the score that the query gives itself, on so many terms."""

_KNOWN = """
select c.documents, c.length, t.term, t.documents, t.titles
from recommendations_lexicalcorpus c
left join recommendations_lexicalterm t on t.term = any(%(terms)s)
where c.kind = %(kind)s and c.scope = %(scope)s
"""

_SEARCH = """
with asked as (
    select *
    from unnest(%(terms)s::bigint[], %(weights)s::float8[], %(titles)s::bool[]) as a(term, weight, title)
), titled as (
    select object_id, terms, weights, titles, length from recommendations_lexicaldocument
    where ({titled}) and kind = %(kind)s and scope = %(scope)s
        and object_id <> all(%(leave_out)s::bigint[])
    limit %(titled)s
), others as (
    select object_id, terms, weights, titles, length from recommendations_lexicaldocument
    where (terms && %(rare)s::bigint[] or {anywhere}) and not ({titled})
        and kind = %(kind)s and scope = %(scope)s and object_id <> all(%(leave_out)s::bigint[])
    limit %(others)s
), gathered as materialized (
    select * from titled union all select * from others
), matched as (
    select g.object_id, g.titles, g.length, g.weights[p.place] as found, p.place, a.weight, a.title
    from gathered g
    join asked a on a.term = any(g.terms)
    cross join lateral (select array_position(g.terms, a.term) offset 0) as p(place)
)
select object_id,
    sum(weight * found / (found + %(k)s::float8 + %(k_of_length)s::float8 * length))
    * (1 + %(bonus)s::float8 * count(*) filter (where title and place <= titles)) as score,
    count(*) as shared
from matched
group by object_id
order by score desc, object_id
limit %(limit)s
"""
_ALL, _NONE = "{0} @> array[{1}]::bigint[]", "false"
ANYWHERE, IN_TITLE = "terms", "terms[1:titles]"


Scored = tuple[int, float, int]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a text, what it weighs there, and in how many documents and titles it stands."""

    word: str
    number: int
    weight: float
    found_in: int
    titles: int
    of_title: bool


class Lexical:
    """The adapter that is always there."""

    name = "lexical"

    def index(self, documents: Sequence[Document]) -> None:
        """Replace the documents and keep the counts of terms exact."""
        with transaction.atomic():
            postings.replace(documents)

    def forget(self, kind: str, ids: Collection[int]) -> None:
        """Take them out, and out of the counts."""
        with transaction.atomic():
            postings.remove(kind, ids)

    def closest(self, query: Query, limit: int) -> list[Close]:
        """Two statements, whatever the number of documents."""
        ideal, rows = self.scored(query, limit)
        return [
            Close(pk, score / ideal, score / ideal >= VERY_CLOSE and shared >= SHARED)
            for pk, score, shared in rows
        ]

    def scored(self, query: Query, limit: int) -> tuple[float, list[Scored]]:
        """The score that the query gives itself, and of the closest their id, score and terms in common."""
        asked = of_query(query)
        numbers = {number(query.kind, query.scope, term): term for term in asked.weights}
        documents, length, found_in = known(query.kind, query.scope, list(numbers))
        if not documents or not asked.weights:
            return 1.0, []
        in_title = set(list(asked.weights)[: asked.titles])
        terms = [
            Term(
                term,
                key,
                _grown(asked.weights[term] / 10) * rarity(documents, count),
                count,
                titles,
                term in in_title,
            )
            for key, term in numbers.items()
            for count, titles in [found_in.get(key, NOWHERE)]
        ]
        terms.sort(key=lambda term: (-term.weight, term.number))
        usable = [term for term in terms if term.found_in][:HEAVIEST]
        if not usable:
            return 1.0, []
        mean = length / documents
        ideal = _ideal(
            terms[:HEAVIEST], {k: asked.weights[t] for k, t in numbers.items()}, asked.length / mean
        )
        return ideal, _search(query, usable, documents, mean, max(1, asked.titles), limit)


def known(kind: str, scope: int, terms: list[int]) -> tuple[int, int, dict[int, tuple[int, int]]]:
    """How many documents there are, their length together, and of each term in how many, and in titles."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, {"terms": terms, "kind": kind, "scope": scope})
        rows = cursor.fetchall()
    if not rows:
        return 0, 0, {}
    found_in = {term: (count, titles) for _, _, term, count, titles in rows if term is not None}
    return rows[0][0], rows[0][1], found_in


def _grown(times: float) -> float:
    """The weight of a term that stands so many times in a query grows as a logarithm."""
    return 1 + math.log(times) if times > 1 else times


def rarity(documents: int, found_in: int) -> float:
    return math.log1p((documents - found_in + 0.5) / (found_in + 0.5))


def _ideal(terms: Sequence[Term], weights: dict[int, int], length: float) -> float:
    """The score that a document would have which is the query, word for word."""
    norm = 10 * K1 * (1 - B + B * length)
    return (1 + TITLE_BONUS) * sum(t.weight * weights[t.number] / (weights[t.number] + norm) for t in terms)


def _search(
    query: Query, terms: Sequence[Term], documents: int, mean: float, title_length: int, limit: int
) -> list[Scored]:
    anywhere, titled = together(terms, documents, BUDGET), together_in_title(terms, documents, BUDGET)
    values: dict[str, Any] = {
        "terms": [term.number for term in terms],
        "weights": [term.weight for term in terms],
        "titles": [term.of_title for term in terms],
        "rare": rarest(terms, BUDGET),
        "kind": query.kind,
        "scope": query.scope,
        "leave_out": list(query.leave_out),
        "others": OTHERS,
        "titled": TITLED,
        "k": 10 * K1 * (1 - B),
        "k_of_length": 10 * K1 * B / mean,
        "bonus": TITLE_BONUS / title_length,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH.format(anywhere=anywhere, titled=titled), values)
        rows: list[Scored] = cursor.fetchall()
    return rows


def rarest(terms: Sequence[Term], budget: int) -> list[int]:
    """The terms of which a candidate must have one: the rarest, as long as they bring few documents."""
    gathered, total = [], 0
    for term in sorted(terms, key=lambda term: term.found_in):
        total += term.found_in
        if total > budget:
            break
        gathered.append(term.number)
    return gathered


def together(terms: Sequence[Term], documents: int, budget: int) -> str:
    """Sets of the heaviest terms, as SQL: a candidate may have all of one, anywhere, instead.

    To find what has all of some terms, the list of the rarest is gone through: those of usual words are left
    to titles, which are short.
    """
    counted = [(term, term.found_in) for term in terms[:TOGETHER]]
    return _sets(ANYWHERE, counted, documents, budget, smallest=2, longest=LONGEST)


def together_in_title(terms: Sequence[Term], documents: int, budget: int) -> str:
    """The same of terms that stand in both titles; or the one term that does."""
    counted = [(term, term.titles) for term in terms if term.of_title and term.titles > 0][:TOGETHER]
    smallest = 1 if len(counted) == 1 else 2
    return _sets(IN_TITLE, counted, documents, budget, smallest=smallest, longest=math.inf)


def _sets(
    where: str,
    terms: Sequence[tuple[Term, int]],
    documents: int,
    budget: int,
    *,
    smallest: int,
    longest: float,
) -> str:
    """Smaller sets first, and of a size those first that bring the fewest, as long as all bring few.

    A few of the largest ones are looked for whatever they bring. That is guessed as if words knew nothing of
    each other; what is gathered is bounded besides.
    """
    by_size = [
        sized
        for size in range(smallest, len(terms) + 1)
        if (sized := _of_size(size, terms, documents, longest))
    ]
    chosen: list[frozenset[int]] = []
    total = 0.0
    for sized in by_size:
        at_least = AT_LEAST if sized is by_size[-1] else 0
        for brings, numbers in sized:
            if total + brings > budget and len(chosen) >= at_least:
                break
            if not any(smaller <= numbers for smaller in chosen):
                chosen.append(numbers)
                total += brings
    sets = [_ALL.format(where, ", ".join(map(str, sorted(numbers)))) for numbers in chosen]
    return " or ".join(sets) or _NONE


def _of_size(
    size: int, terms: Sequence[tuple[Term, int]], documents: int, longest: float
) -> list[tuple[float, frozenset[int]]]:
    """Sets of so many terms, with how many documents each brings, fewest first."""
    sets = [
        (prod(counts) / documents ** (size - 1), frozenset(term.number for term, _ in some))
        for some in combinations(terms, size)
        for counts in [[count for _, count in some]]
        # Two forms of a word are no pair.
        if len({term.word[:4] for term, _ in some}) == size and min(counts) <= longest
    ]
    return sorted(sets, key=lambda one: (one[0], sorted(one[1])))
