"""Which conversations hold the words, and in which order: one statement."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet

from passeur.foundation import reading
from passeur.foundation.prepared import Asked, Prepared, Question, prepared
from passeur.foundation.reading import Said

from ... import policies
from ...models import Conversation, SearchDocument
from . import lexemes
from .parsing import Query
from .tsqueries import Forms, Lexemes, finding, weighing

REACHABLE = 1_000
"""How many results can be paged through; all are counted."""
LOOKED_AT = 10_000
"""Of how many the title is looked at, those that lived last."""
WEIGHED = 1_000
"""How many of these are weighed, which costs most: those with the most of the words in their title first."""

# A word as written weighs most, then the same without accents, then what stands for the same.
_KINDS: tuple[tuple[Forms, float], ...] = (
    (lexemes.exact_forms, 1.0),
    (lexemes.folded_forms, 0.6),
    (lexemes.stem_forms, 0.3),
)
_LABELS = "{0.2, 0.35, 0.55, 1.0}"  # of D, C, B, A: comments, answers, opening and themes, title
_LENGTH = 1  # divide by 1 + the logarithm of the document's length


@dataclass(frozen=True, slots=True)
class Ranking:
    """The keys of the best results, best first, and how many there are in all."""

    ids: list[int]
    total: int


def matching(rows: QuerySet[Conversation], query: Query) -> QuerySet[Conversation]:
    """Those of `rows` that hold what the query asks for."""
    return rows.filter(document__words=Lexemes(finding(query)))


def ranked(question: Question) -> Ranking:
    """What `best_of` or `best_in` asks: the best first; of two alike, the one that lived last."""
    return ranking(reading.ask(best=question), "best")


def ranking(said: Said, name: str) -> Ranking:
    """What one of the questions below said under that name."""
    found = json.loads(said.text(name))
    return Ranking(ids=[one["pk"] for one in found], total=found[0]["total"] if found else 0)


def best_of(rows: QuerySet[Conversation], query: Query, *, most: int) -> Question:
    """The best of `rows` that match, so many; and how many match in all."""
    found = matching(rows, query).order_by().values("pk", "last_activity_at", "title")
    return _weighed(Prepared(lambda: found).asked(), query, most)


def best_in(communities: list[int], query: Query, *, most: int) -> Question:
    """The same of all that stands in these communities, which its asker may read."""
    return _weighed(_found_in.asked(communities=communities, words=finding(query)), query, most)


@prepared
def _found_in(communities: Asked, words: Asked) -> QuerySet[Conversation, Any]:
    readable = policies.in_communities(communities)
    # As an array, in the order of keys: one by one, each would go down the index from its root.
    matched = ArraySubquery(SearchDocument.objects.filter(words=Lexemes(words)).order_by().values("pk"))
    rows = Conversation.objects.filter(readable, pk__among=matched).order_by()
    return rows.values("pk", "last_activity_at", "title")


# The sum over the kinds of forms of weight × mean over the words of `ts_rank`, which of an alternative
# divides by the number of its operands, hence the product.
_BEST = """
with found (pk, active, title) as materialized ({found}),
latest as (
    select pk, active, translate(lower(title), %s, %s) as title from found
    order by active desc, pk desc limit %s
),
weighed as materialized (
    select pk, active from latest order by ({titled}) desc, active desc, pk desc limit %s
),
scored as (
    select weighed.pk, weighed.active, {score} as score
    from weighed join conversations_searchdocument d on d.conversation_id = weighed.pk
    where d.conversation_id = any(array(select pk from weighed))
)
select pk, (select count(*) from found) as total
from scored order by score desc, active desc, pk desc limit %s
"""
_TITLED = "(strpos(title, %s) > 0)::int"
_ACCENTED, _PLAIN = "àâäçéèêëîïôöùûü", "aaaceeeeiioouuu"
_TELLING = 4
_RANK = "ts_rank(%s::real[], d.words, %s::tsquery, %s) * %s::float"


def _weighed(found: Question, query: Query, most: int) -> Question:
    ranks: list[object] = []
    texts = [(weighing(query, forms), weight) for forms, weight in _KINDS]
    for text, weight in texts:
        operands = text.count(" | ") + 1
        ranks += [_LABELS, text, _LENGTH, weight * operands / len(query.words)]
    titled = [_beginning(word) for word in query.words]
    sql = _BEST.format(
        found=found.sql,
        titled=" + ".join([_TITLED] * len(titled)),
        score=" + ".join([_RANK] * len(texts)),
    )
    given = (*found.given, _ACCENTED, _PLAIN, LOOKED_AT, *titled, WEIGHED, *ranks, most)
    return Question(sql, given, ("pk", "total"))


def _beginning(word: str) -> str:
    """What the forms of a word have in common, without accents: enough to see it in a title."""
    plain = lexemes.folded(word)
    forms = [lexemes.folded(form.partition("/")[2]) for form in lexemes.stem_forms(word)]
    letters = takewhile(lambda same: len(set(same)) == 1, zip(plain, *forms, strict=False))
    common = "".join(one for one, *_others in letters)
    return common if len(common) >= _TELLING else plain
