"""The results of one page: each conversation with the contribution that matched best and an extract of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, BooleanField, ExpressionWrapper, F, Func, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from passeur.accounts.queries import Drawn, drawn
from passeur.algorithms.words import Language
from passeur.foundation.markdown import to_text
from passeur.foundation.prepared import Asked, Question, prepared
from passeur.foundation.reading import Said

from ...choices import Kind, Part, State
from ...models import Contribution, Conversation, ConversationTheme, SearchDocument
from ...models.titles import as_read
from . import lexemes
from .extracts import extract, language_of, marked
from .parsing import Query


@dataclass(frozen=True, slots=True)
class Found:
    """A conversation, as a result shows it."""

    pk: int
    kind: Kind
    title: str
    state: State
    verified_at: dt.datetime | None
    is_outdated: bool
    answer_count: int
    created_at: dt.datetime
    writer: Drawn | None
    place: str
    language: str
    is_archived: bool
    named_themes: tuple[str, ...]

    @property
    def get_kind_display(self) -> str | Promise:
        return self.kind.label


@dataclass(frozen=True, slots=True)
class Matched:
    """A contribution with the words that were searched."""

    conversation_id: int
    pk: int
    part: Part
    html: str
    writer: Drawn


@dataclass(frozen=True, slots=True)
class Hit:
    """A result. `matched` is the contribution that the extract is from, never a deleted one."""

    conversation: Found
    title: SafeString
    extract: SafeString
    matched: Matched | None

    @property
    def in_opening(self) -> bool:
        return self.matched is None or self.matched.part == Part.OPENING


def asked(ids: Sequence[int], query: Query) -> dict[str, Question | None]:
    """What to ask for the results of these conversations."""
    keys = list(ids)
    if not keys:
        return {"found": None, "matched": None}
    return {"found": _found.asked(keys=keys), "matched": _matched.asked(keys=keys, **_forms(query))}


def hits(said: Said, ids: Sequence[int], query: Query) -> tuple[Hit, ...]:
    """The results of what was said, in that order."""
    found = {one.pk: replace(one, title=as_read(one.title)) for one in said.rows("found", Found)}
    matched = {one.conversation_id: one for one in said.rows("matched", Matched)}
    return tuple(_hit(found[pk], matched.get(pk), query) for pk in ids if pk in found)


def _hit(conversation: Found, matched: Matched | None, query: Query) -> Hit:
    text = to_text(matched.html) if matched else ""
    language = language_of(f"{conversation.title}\n{text}", cast("Language", conversation.language))
    return Hit(
        conversation=conversation,
        title=marked(conversation.title, query, language),
        extract=extract(text, query, language),
        matched=matched,
    )


@prepared
def _found(keys: Asked) -> QuerySet[Conversation, Any]:
    names = ConversationTheme.objects.filter(conversation=OuterRef("pk")).order_by("theme__name")
    return Conversation.objects.filter(pk__among=keys).values(
        "pk",
        "kind",
        "title",
        "state",
        "verified_at",
        "answer_count",
        "created_at",
        writer=drawn("author"),
        place=F("community__name"),
        language=F("community__language"),
        is_outdated=ExpressionWrapper(Q(outdated_at__isnull=False), BooleanField()),
        is_archived=ExpressionWrapper(Q(community__archived_at__isnull=False), BooleanField()),
        named_themes=ArraySubquery(names.values("theme__name")),
    )


@prepared
def _matched(
    keys: Asked, forms: Asked, numbers: Asked, weights: Asked, beginnings: Asked
) -> QuerySet[Contribution, Any]:
    best = BestOf("words", "contributions", "starts", forms, numbers, weights, beginnings)
    chosen = SearchDocument.objects.filter(pk__among=keys).annotate(best=best).values("best")
    rows = Contribution.objects.filter(pk__in=chosen, conversation__among=keys, deleted_at=None)
    return rows.values("conversation_id", "pk", "part", "html", writer=drawn("author"))


class BestOf(Func):
    """The contribution of a document with the most of the words; the opening when only the title has them.

    The places of the words in the document say in which contribution they stand, so that one text a
    conversation is read, however long it is. Of equals the first: opening, then answers, then comments.
    """

    output_field = BigIntegerField()
    template = """(
        SELECT best.key
        FROM (SELECT %(expressions)s) AS g (words, keys, starts, forms, numbers, weights, beginnings)
        CROSS JOIN LATERAL (
            SELECT k.key FROM (
                SELECT key, min(nth) AS nth FROM unnest(g.keys) WITH ORDINALITY AS u (key, nth)
                WHERE key <> 0 GROUP BY key
            ) k
            LEFT JOIN (
                SELECT key, count(*) AS words, sum(weight) AS weight FROM (
                    SELECT g.keys[width_bucket(p.place::int, g.starts)] AS key,
                        coalesce(f.number, -1) AS word, max(coalesce(f.weight, 1)) AS weight
                    FROM unnest(g.words) AS w (lexeme, places, labels)
                    LEFT JOIN unnest(g.forms::text[], g.numbers::int[], g.weights::int[])
                        AS f (form, number, weight) ON f.form = w.lexeme
                    CROSS JOIN LATERAL unnest(w.places) AS p (place)
                    WHERE f.form IS NOT NULL OR w.lexeme ^@ ANY(g.beginnings::text[])
                    GROUP BY 1, 2
                ) a GROUP BY key
            ) m ON m.key = k.key
            ORDER BY coalesce(m.words, 0) DESC, coalesce(m.weight, 0) DESC, k.nth LIMIT 1
        ) best
    )"""


def _forms(query: Query) -> dict[str, list[Any]]:
    """Each form of the words, of which word it is, and what it weighs: written 3, folded 2, sense 1."""
    forms: dict[str, tuple[int, int]] = {}
    for n, word in enumerate(query.words):
        for weight, variants in enumerate(
            (lexemes.stem_forms(word), lexemes.folded_forms(word), lexemes.exact_forms(word)), start=1
        ):
            forms.update((form, (n, weight)) for form in variants)
    return {
        "forms": list(forms),
        "numbers": [n for n, _weight in forms.values()],
        "weights": [weight for _n, weight in forms.values()],
        "beginnings": [
            form for term in query.terms if term.beginning for form in lexemes.folded_forms(term.words[0])
        ],
    }
