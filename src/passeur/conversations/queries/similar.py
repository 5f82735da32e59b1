"""Questions that look like a text, with their state: so that nobody asks in vain what was answered."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, Q

from passeur.communities import policies as communities
from passeur.foundation import reading
from passeur.foundation.prepared import Asked, Question, prepared
from passeur.foundation.reading import Said
from passeur.recommendations import queries as recommendations

from ..choices import Kind, State
from ..models import Conversation
from ..models.titles import as_read
from . import texts

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from passeur.accounts.models import Member
    from passeur.communities.models import Community


SHOWN = 3
"""Questions close to another on its page."""


@dataclass(frozen=True, slots=True)
class SimilarQuestion:
    """A question close to a text. `very_close` is a word for the reader, not a score."""

    conversation: Conversation
    very_close: bool


def similar_questions(
    member: Member,
    *,
    community: Community,
    title: str,
    body: str = "",
    themes: Collection[str] = (),
    limit: int = 3,
    leave_out: int | None = None,
) -> list[SimilarQuestion]:
    """The questions of a community that are closest to a text, closest first, among those `member` may see.

    `themes` are names, where the author already chose some; `leave_out` is the question itself.
    """
    close = recommendations.closest(
        kind=texts.KIND,
        scope=community.pk,
        title=title,
        text=body,
        labels=themes,
        leave_out=() if leave_out is None else (leave_out,),
        limit=limit,
    )
    if not communities.can_see(member, community):
        return []
    rows = _questions(among=[found.object_id for found in close], community=community.pk)
    by_pk = {row.pk: row for row in rows}
    return [
        SimilarQuestion(by_pk[found.object_id], found.very_close)
        for found in close
        if found.object_id in by_pk
    ]


@prepared
def _questions(among: Asked, community: Asked) -> QuerySet[Conversation]:
    rows = Conversation.objects.filter(pk__among=among, kind=Kind.QUESTION, community=community)
    return rows.select_related("author", "community")


@dataclass(frozen=True, slots=True)
class Close:
    """A question close to another, as its page shows it."""

    pk: int
    title: str
    state: State
    is_outdated: bool


def near(conversation: Conversation) -> dict[str, Question | None]:
    """What a page asks of what is close to a question: `near`, its list, and `close`, the rows of that."""
    if not can_have_close(conversation):
        return {}
    key = {"kind": texts.KIND, "object_id": conversation.pk, "adapter": settings.TEXT_VECTORS}
    return {
        "near": recommendations.kept_list.asked(**key),
        "close": _close.asked(community=conversation.community_id, **key),
    }


def can_have_close(conversation: Conversation) -> bool:
    """Whether it is a question that still has its words."""
    return conversation.asks and bool(conversation.words)


def close_among(conversation: Conversation, keys: Collection[int]) -> Said:
    """`near` and `close` of a list that was made just now. One query."""
    rows = _close_of.asked(among=list(keys), community=conversation.community_id)
    said = reading.ask_by_key(close=rows)
    # As the database says it: what is drawn of it is kept for when it does.
    near = json.dumps([{"close": list(keys)}], separators=(",", ":"))
    return Said((("near", near), *said.texts))


def closest_of(said: Said) -> tuple[Close, ...]:
    """The first of the list that are still there, as the page shows them."""
    rows = said.rows("close", Close)
    by_key = {row.pk: replace(row, title=as_read(row.title)) for row in rows}
    near = said.row("near", tuple[int, ...]) or ()
    return tuple(by_key[key] for key in near if key in by_key)[:SHOWN]


@prepared
def _close(community: Asked, kind: Asked, object_id: Asked, adapter: Asked) -> QuerySet[Conversation, Any]:
    return _as_close(pk__in=recommendations.kept_ids(kind, object_id, adapter), community=community)


@prepared
def _close_of(among: Asked, community: Asked) -> QuerySet[Conversation, Any]:
    return _as_close(pk__among=among, community=community)


def _as_close(**which: Any) -> QuerySet[Conversation, Any]:
    # Who reads the page of a question may read the others of its community; not those that were taken out.
    rows = Conversation.objects.filter(kind=Kind.QUESTION, **which).exclude(title="")
    outdated = ExpressionWrapper(Q(outdated_at__isnull=False), BooleanField())
    return rows.order_by("pk").values("pk", "title", "state", is_outdated=outdated)


def asking(ids: Collection[int]) -> dict[int, recommendations.Query]:
    """By key, what looks for what is close to each of these questions: its title, as it is now. One query."""
    rows = Conversation.objects.filter(pk__in=list(ids), kind=Kind.QUESTION).exclude(title="")
    return {
        pk: recommendations.Query(texts.KIND, community, title, leave_out=(pk,))
        for pk, community, title in rows.values_list("pk", "community_id", "title")
    }


def latest_without_list(*, among: int, since: dt.datetime, most: int) -> list[int]:
    """Of so many questions that lived last, those whose list was not made since then. Two queries."""
    rows = Conversation.objects.order_by("-last_activity_at", "-pk").values_list("pk", "kind")[:among]
    keys = [pk for pk, kind in rows if kind == Kind.QUESTION]
    made = recommendations.made_since(texts.KIND, keys, since)
    return [pk for pk in keys if pk not in made][:most]
