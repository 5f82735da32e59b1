"""In whose lists of what is closest a document would stand: the search by words, turned round.

The other documents ask with their titles, as they do on their pages, so that those of a title are the terms
that count. What is read is bounded as in a search, though more generously: nobody waits for it. They are
gathered by the rare terms of the document and by sets of terms of its title, anywhere or in theirs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from ..protocols import Document
from .lexical import K1, NOWHERE, TITLE_BONUS, B, Term, known, rarest, rarity, together, together_in_title
from .terms import TITLE, number, of_document

BUDGET, MOST = 2_000, 4_000
LISTS = 20
"""Of those in which it would stand highest."""
ALMOST = 0.95
"""Rarities have moved since a list was made: this share of its least score is enough to look again."""

_ENTERS = """
with said as (
    select *
    from unnest(%(terms)s::bigint[], %(worths)s::float8[], %(titles)s::bool[]) as a(term, worth, title)
), gathered as materialized (
    select object_id, terms[1:titles] as terms, titles
    from recommendations_lexicaldocument
    where (terms && %(rare)s::bigint[] or {sets}) and kind = %(kind)s and scope = %(scope)s
        and object_id <> %(itself)s
    limit %(candidates)s
), scored as (
    select g.object_id,
        sum(a.worth) * (1 + %(bonus)s::float8 * count(*) filter (where a.title) / g.titles) as score
    from gathered g cross join lateral unnest(g.terms) as own(term) join said a using (term)
    group by g.object_id, g.titles
)
select object_id from scored join recommendations_closelist l using (object_id)
where l.kind = %(kind)s and l.adapter = %(adapter)s and score >= l.least * %(almost)s::float8
order by score - l.least desc, object_id limit %(limit)s
"""


def entered_by(document: Document, adapter: str) -> list[int]:
    """The ids of those whose kept lists it would enter, or where it may stand elsewhere than it did."""
    weighted = of_document(document)
    numbers = {number(document.kind, document.scope, term): term for term in weighted.weights}
    documents, length, found_in = known(document.kind, document.scope, list(numbers))
    if not documents or not length:  # or none with a word that counts
        return []
    in_title = set(list(weighted.weights)[: weighted.titles])
    norm = 10 * K1 * (1 - B + B * weighted.length * documents / length)
    asked = 1 + math.log(TITLE / 10)  # what a term weighs that stands in a title once
    terms = [
        Term(
            term,
            key,
            asked * rarity(documents, count) * weighted.weights[term] / (weighted.weights[term] + norm),
            count,
            titles,
            term in in_title,
        )
        for key, term in numbers.items()
        for count, titles in [found_in.get(key, NOWHERE)]
    ]
    terms.sort(key=lambda term: (-term.weight, term.number))
    return _found(document, terms, documents, adapter)


def _found(document: Document, terms: Sequence[Term], documents: int, adapter: str) -> list[int]:
    values: dict[str, Any] = {
        "terms": [term.number for term in terms],
        "worths": [term.weight for term in terms],
        "titles": [term.of_title for term in terms],
        "rare": rarest(terms, BUDGET),
        "kind": document.kind,
        "scope": document.scope,
        "itself": document.object_id,
        "candidates": MOST,
        "bonus": TITLE_BONUS,
        "adapter": adapter,
        "almost": ALMOST,
        "limit": LISTS,
    }
    of_title = [term for term in terms if term.of_title]
    sets = [choose(of_title, documents, BUDGET) for choose in (together, together_in_title)]
    with transaction.atomic(), connection.cursor() as cursor:
        # The planner would read the whole table: it does not count that terms have to be unpacked there.
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(_ENTERS.format(sets=" or ".join(sets)), values)
        found = [pk for (pk,) in cursor.fetchall()]
        cursor.execute("set local enable_seqscan = on")
    return found
