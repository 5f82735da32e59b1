"""Questions that look like a text, with their state: so that nobody asks in vain what was answered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

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


@dataclass(frozen=True, slots=True)
class Near:
    """What is close to a question: asked with its page, as it was lately; asked anew where that changed."""

    query: recommendations.Query
    lately: tuple[int, ...]

    def asked(self) -> dict[str, Question | None]:
        """What goes into the statement of the page."""
        return {"common": recommendations.commonness(self.query), "close": self._rows(self.lately)}

    def said(self, said: Said) -> tuple[Said, tuple[int, ...]]:
        """The rows (`close`), and their keys, closest first. No query where nothing changed."""
        keys = recommendations.close_now(self.query, said.text("common"))
        rows = said.of("close") if keys == self.lately else reading.ask(close=self._rows(keys))
        return rows, keys

    def _rows(self, keys: tuple[int, ...]) -> Question:
        return _close.asked(among=list(keys), community=self.query.scope)


def near(conversation: Conversation) -> Near | None:
    """For a question that still has its words."""
    if not conversation.asks or not conversation.words:
        return None
    query = recommendations.Query(
        texts.KIND, conversation.community_id, conversation.words, leave_out=(conversation.pk,)
    )
    return Near(query, recommendations.close_lately(query))


def closest_of(said: Said, keys: tuple[int, ...]) -> tuple[Close, ...]:
    """The values of what `Near.said` gave."""
    by_key = {row.pk: replace(row, title=as_read(row.title)) for row in said.rows("close", Close)}
    return tuple(by_key[key] for key in keys if key in by_key)


@prepared
def _close(among: Asked, community: Asked) -> QuerySet[Conversation, Any]:
    # Who reads the page of a question may read the others of its community.
    rows = Conversation.objects.filter(pk__among=among, kind=Kind.QUESTION, community=community)
    return rows.order_by("pk").values("pk", "title", "state")
