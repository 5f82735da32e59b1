"""Questions as texts that can be compared: their own words, what was answered, their themes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from passeur.foundation.markdown import to_text
from passeur.recommendations.protocols import Document

from ..choices import Kind, Part
from ..models import Contribution, Conversation, ConversationTheme

KIND = "question"
ANSWERS, ANSWER_CHARACTERS = 5, 1_500

_INNER_LINK = re.compile(r'<a\b[^>]*\bhref="/[^"]*"[^>]*>.*?</a>', re.DOTALL)


def own_words(html: str) -> str:
    """The text of a contribution without the words of links that lead inside.

    They are most often the title of another question, and would make this one look like it.
    """
    return to_text(_INNER_LINK.sub(" ", html))


def questions(ids: Sequence[int]) -> list[Document]:
    """The questions among these conversations as documents, in four queries."""
    openings = (
        Contribution.objects.filter(conversation__in=ids, conversation__kind=Kind.QUESTION)
        .filter(part=Part.OPENING, deleted_at=None)
        .values_list("conversation_id", "conversation__community_id", "conversation__title", "html")
    )
    answers, themes = _answers(ids), theme_names(ids)
    return [
        Document(KIND, pk, community, title, own_words(html), tuple(answers[pk]), tuple(themes[pk]))
        for pk, community, title, html in openings.order_by("conversation_id")
    ]


def _answers(ids: Sequence[int]) -> defaultdict[int, list[str]]:
    """The first answers that others, not machines, gave to each question."""
    rank = Window(
        RowNumber(), partition_by=F("conversation"), order_by=[F("created_at").asc(), F("pk").asc()]
    )
    rows = (
        Contribution.objects.filter(conversation__in=ids, part=Part.ANSWER, deleted_at=None)
        .filter(author__is_machine=False)
        .exclude(author_id=F("conversation__author_id"))
        .annotate(rank=rank)
        .filter(rank__lte=ANSWERS)
        .order_by("conversation_id", "rank")
        .values_list("conversation_id", "html")
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for pk, html in rows:
        found[pk].append(own_words(html)[:ANSWER_CHARACTERS])
    return found


def theme_names(ids: Sequence[int]) -> defaultdict[int, list[str]]:
    """The names of the themes of each conversation, in the author's order."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = ConversationTheme.objects.filter(conversation__in=ids).order_by("conversation_id", "position")
    for pk, name in rows.values_list("conversation_id", "theme__name"):
        found[pk].append(name)
    return found


def question_ids(after: int = 0, *, batch: int = 500) -> Iterator[list[int]]:
    """The ids of all questions, in order, a batch at a time."""
    while True:
        rows = Conversation.objects.filter(kind=Kind.QUESTION, pk__gt=after).order_by("pk")
        ids = list(rows.values_list("pk", flat=True)[:batch])
        if not ids:
            return
        yield ids
        after = ids[-1]
