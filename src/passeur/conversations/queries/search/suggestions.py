"""What to try when nothing was found: the words that somebody did write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce

from django.db.models import IntegerField, QuerySet, Value

from ...models import Conversation
from .candidates import matching
from .parsing import Query, Term


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A shorter search that finds something, and the words it leaves out because nobody wrote them."""

    text: str
    left_out: tuple[str, ...]


def suggested(rows: QuerySet[Conversation], query: Query) -> Suggestion | None:
    """The search without the words that stand nowhere in `rows`, if that finds anything. Two queries."""
    if len(query.terms) < 2:
        return None
    each = [
        matching(rows, Query((term,))).order_by().values_list(Value(n, output_field=IntegerField()))[:1]
        for n, term in enumerate(query.terms)
    ]
    found = {n for (n,) in reduce(lambda one, other: one.union(other, all=True), each)}
    kept = [term for n, term in enumerate(query.terms) if n in found]
    lost = [term for n, term in enumerate(query.terms) if n not in found]
    if not kept or not lost or not matching(rows, replace(query, terms=tuple(kept))).exists():
        return None
    text = " ".join(map(_typed, kept)) + "".join(f" -{_typed(term)}" for term in query.excluded)
    return Suggestion(text=text, left_out=tuple(term.typed for term in lost))


def _typed(term: Term) -> str:
    return f"{term.typed}*" if term.beginning else term.typed
