"""Which conversations hold the words, and in which order: two queries."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.postgres.search import SearchRank
from django.db.models import F, FloatField, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from ...models import Conversation
from . import lexemes
from .parsing import Query
from .tsqueries import Forms, Lexemes, finding, weighing

REACHABLE = 1_000
"""How many results can be paged through; all are counted."""
WEIGHED = 5_000
"""How many are weighed, those that lived last: reading a document costs about 25 µs."""

# A word as written weighs most, then the same without accents, then what stands for the same.
_KINDS: tuple[tuple[Forms, float], ...] = (
    (lexemes.exact_forms, 1.0),
    (lexemes.folded_forms, 0.6),
    (lexemes.stem_forms, 0.3),
)
_LABELS = [0.2, 0.35, 0.55, 1.0]  # of D, C, B, A: comments, answers, opening and themes, title
_LENGTH = 1  # divide by 1 + the logarithm of the document's length


@dataclass(frozen=True, slots=True)
class Ranking:
    """The keys of the best results, best first, and how many there are in all."""

    ids: list[int]
    total: int


def matching(rows: QuerySet[Conversation], query: Query) -> QuerySet[Conversation]:
    """Those of `rows` that hold what the query asks for."""
    return rows.filter(document__words=Lexemes(finding(query)))


def ranked(rows: QuerySet[Conversation], query: Query) -> Ranking:
    """The conversations of `rows` that match, the best first; of two alike, the one that lived last."""
    found = matching(rows, query).order_by("-last_activity_at", "-pk")
    total = found.count()
    if total > WEIGHED:
        found = Conversation.objects.filter(pk__in=found.values("pk")[:WEIGHED])
    best = found.annotate(score=_score(query)).order_by("-score", "-last_activity_at", "-pk")
    return Ranking(ids=list(best.values_list("pk", flat=True)[:REACHABLE]) if total else [], total=total)


def _score(query: Query) -> Combinable:
    """The sum over the kinds of forms of weight × mean over the words of `ts_rank`.

    `ts_rank` of an alternative divides by the number of its operands, hence the product.
    """
    score: Combinable = Value(0.0, output_field=FloatField())
    for forms, weight in _KINDS:
        text = weighing(query, forms)
        if text:
            operands = text.count(" | ") + 1
            rank = SearchRank(F("document__words"), Lexemes(text), weights=_LABELS, normalization=_LENGTH)
            score = score + rank * Value(weight * operands / len(query.words), output_field=FloatField())
    return Coalesce(score, Value(0.0, output_field=FloatField()))
