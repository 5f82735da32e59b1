"""Questions that look like a text, with their state: so that nobody asks in vain what was answered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from passeur.communities import policies as communities
from passeur.foundation.prepared import Asked, prepared
from passeur.recommendations import queries as recommendations

from ..choices import Kind
from ..models import Conversation
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
