"""The past of a community as a test of similar questions: what was asked, after what, and what was linked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import F, OuterRef, Subquery

from passeur.recommendations.protocols import Document, Query

from ..choices import Kind, Part
from ..models import Contribution, Conversation, ConversationLink, Revision
from . import texts

Linked = dict[int, dict[str, frozenset[int]]]


@dataclass(frozen=True, slots=True)
class Moment:
    """What was written at a time: a question that has links (`query`), and a document as it then was."""

    query: Query | None
    right: dict[str, frozenset[int]]
    document: Document


def communities_with_questions() -> dict[str, int]:
    """Keys of the communities that have questions, by their slug, in its order."""
    rows = Conversation.objects.filter(kind=Kind.QUESTION).order_by("community__slug")
    return dict(rows.values_list("community__slug", "community_id").distinct())


def linked_questions(community: int) -> Linked:
    """Of each question, by kind of link, the earlier ones that it was linked with, in whatever direction."""
    found: defaultdict[int, defaultdict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = ConversationLink.objects.filter(
        source__community_id=community,
        target__community_id=community,
        source__kind=Kind.QUESTION,
        target__kind=Kind.QUESTION,
    )
    for kind, source, asked, target, before in rows.values_list(
        "kind", "source_id", "source__created_at", "target_id", "target__created_at"
    ):
        earlier, later = sorted([(asked, source), (before, target)])
        found[later[1]][kind].add(earlier[1])
    return {pk: {kind: frozenset(ids) for kind, ids in kinds.items()} for pk, kinds in found.items()}


def moments(community: int, linked: Linked, *, with_themes: bool = False) -> Iterator[Moment]:
    """Questions as they were asked and answers as they came, in the order of time.

    A question is searched before it is there. Its text is the first version, where that is known.
    """
    documents: dict[int, Document] = {}
    for _at, _order, pk, text in sorted(_writings(community)):
        before = documents.get(pk)
        if isinstance(text, Document):
            documents[pk] = text
            query = Query(text.kind, text.scope, text.title, text.text, text.labels if with_themes else ())
            yield Moment(query if pk in linked else None, linked.get(pk, {}), text)
        elif before is not None and len(before.replies) < texts.ANSWERS:
            documents[pk] = replace(before, replies=(*before.replies, text))
            yield Moment(None, {}, documents[pk])


def _writings(community: int) -> Iterator[tuple[dt.datetime, int, int, Document | str]]:
    """Each text with its time, a number that orders what happened at one time, and its question."""
    questions = Conversation.objects.filter(community_id=community, kind=Kind.QUESTION)
    themes = texts.theme_names(list(questions.values_list("pk", flat=True)))
    first = Revision.objects.filter(contribution=OuterRef("pk"), version=1)
    openings = (
        Contribution.objects.filter(conversation__in=questions, part=Part.OPENING, deleted_at=None)
        .annotate(
            first_title=Subquery(first.values("title")[:1]), first_body=Subquery(first.values("body")[:1])
        )
        .values_list(
            "conversation_id", "created_at", "conversation__title", "html", "first_title", "first_body"
        )
    )
    for pk, at, title, html, first_title, first_body in openings.iterator(1_000):
        words = texts.own_words(first_body or html)
        document = Document(
            texts.KIND, pk, community, first_title or title, words, labels=tuple(themes.get(pk, ()))
        )
        yield at, 0, pk, document
    answers = (
        Contribution.objects.filter(conversation__in=questions, part=Part.ANSWER, deleted_at=None)
        .filter(author__is_machine=False)
        .exclude(author_id=F("conversation__author_id"))
    )
    for key, pk, at, html in answers.values_list("pk", "conversation_id", "created_at", "html").iterator(
        1_000
    ):
        yield at, key, pk, texts.own_words(html)[: texts.ANSWER_CHARACTERS]
