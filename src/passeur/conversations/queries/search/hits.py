"""The results of one page: each conversation with the contribution that matched best and an extract of it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.db import connection
from django.utils.safestring import SafeString

from passeur.algorithms.words import Language
from passeur.foundation.markdown import to_text

from ...choices import Part
from ...models import Contribution, Conversation, SearchDocument
from . import lexemes
from .extracts import extract, language_of, marked
from .parsing import Query


@dataclass(frozen=True, slots=True)
class Hit:
    """A result. `matched` is the contribution that the extract is from, never a deleted one."""

    conversation: Conversation
    title: SafeString
    extract: SafeString
    matched: Contribution | None

    @property
    def in_opening(self) -> bool:
        return self.matched is None or self.matched.part == Part.OPENING


def hits(ids: Sequence[int], query: Query) -> list[Hit]:
    """The results of these conversations, in that order. Five queries."""
    rows = Conversation.objects.select_related("author", "community").prefetch_related("themes")
    conversations = rows.in_bulk(ids)
    best = _best_contributions(ids, query)
    written = {
        contribution.conversation_id: contribution
        for contribution in Contribution.objects.filter(
            pk__in=best.values(), conversation__in=ids, deleted_at=None
        ).select_related("author")
    }
    return [_hit(conversations[pk], written.get(pk), query) for pk in ids if pk in conversations]


def _hit(conversation: Conversation, matched: Contribution | None, query: Query) -> Hit:
    text = to_text(matched.html) if matched else ""
    usual = cast("Language", conversation.community.language)
    language = language_of(f"{conversation.title}\n{text}", usual)
    return Hit(
        conversation=conversation,
        title=marked(conversation.title, query, language),
        extract=extract(text, query, language),
        matched=matched,
    )


def _best_contributions(ids: Sequence[int], query: Query) -> dict[int, int]:
    """By conversation, the contribution with the most of the words; the opening when only the title has them.

    The places of the words in the document say in which contribution they stand, so that one text a
    conversation is read, however long it is.
    """
    layouts = {
        pk: (list(starts), list(keys))
        for pk, starts, keys in SearchDocument.objects.filter(pk__in=ids).values_list(
            "pk", "starts", "contributions"
        )
    }
    found: defaultdict[int, defaultdict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for pk, word, weight, places in _places(ids, query):
        starts, keys = layouts[pk]
        for place in places:
            key = keys[bisect_right(starts, place) - 1]
            if key:
                words = found[pk][key]
                words[word] = max(weight, words.get(word, 0))
    best = {}
    for pk, (_, keys) in layouts.items():
        written = [key for key in dict.fromkeys(keys) if key]
        # `max` keeps the first of equals: opening, then answers, then comments.
        if written:
            best[pk] = max(written, key=lambda key: _merit(found[pk].get(key, {})))
    return best


def _merit(words: dict[int, int]) -> tuple[int, int]:
    return len(words), sum(words.values())


def _places(ids: Sequence[int], query: Query) -> list[tuple[int, int, int, list[int]]]:
    """Conversation, number of the word, weight of its form (written 3, folded 2, by its sense 1), places."""
    forms: dict[str, tuple[int, int]] = {}
    for n, word in enumerate(query.words):
        for weight, variants in enumerate(
            (lexemes.stem_forms(word), lexemes.folded_forms(word), lexemes.exact_forms(word)), start=1
        ):
            forms.update((form, (n, weight)) for form in variants)
    beginnings = [
        form for term in query.terms if term.beginning for form in lexemes.folded_forms(term.words[0])
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "select d.conversation_id, w.lexeme, w.positions"
            " from conversations_searchdocument d, unnest(d.words) w"
            " where d.conversation_id = any(%s) and (w.lexeme = any(%s) or w.lexeme ^@ any(%s))",
            [list(ids), list(forms), beginnings],
        )
        rows = cursor.fetchall()
    return [(pk, *forms.get(lexeme, (len(forms), 1)), places or []) for pk, lexeme, places in rows]
