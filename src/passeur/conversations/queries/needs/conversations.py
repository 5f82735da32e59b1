"""Conversations by name: what they are, what else waits of the same person, what was answered last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet

from passeur.foundation.prepared import Asked, prepared

from ...choices import Part, State
from ...models import Contribution, Conversation


def conversations(ids: Iterable[int]) -> list[Conversation]:
    """These, with their authors. One query."""
    return _conversations(keys=list(ids))


@prepared
def _conversations(keys: Asked) -> QuerySet[Conversation]:
    return Conversation.objects.filter(pk__among=keys).select_related("author")


def others_waiting(conversations: Iterable[Conversation]) -> dict[int, int]:
    """By conversation that waits, how many others of the same person wait there too. One query."""
    waiting = [found for found in conversations if found.state == State.WAITING]
    rows = _waiting(
        authors=list({found.author_id for found in waiting}),
        communities=list({found.community_id for found in waiting}),
    )
    counted = {(community, author): n for community, author, n in rows}
    return {found.pk: counted.get((found.community_id, found.author_id), 1) - 1 for found in waiting}


@prepared
def _waiting(authors: Asked, communities: Asked) -> QuerySet[Conversation, Any]:
    rows = Conversation.objects.filter(
        author__among=authors, community__among=communities, state=State.WAITING
    )
    return rows.values_list("community", "author").annotate(n=Count("*")).order_by()


_LAST = """
select last.id from unnest(%s::bigint[], %s::bigint[]) as one(community, member)
cross join lateral (
    select k.id from conversations_contribution k
    join conversations_conversation c on c.id = k.conversation_id
    where k.author_id = one.member and c.community_id = one.community and k.deleted_at is null
    order by k.created_at desc, k.id desc limit 1
) last
"""


def last_contributions(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Contribution]:
    """By (community, member), their last text there, with its conversation. Two queries."""
    some = list(pairs)
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [[community for community, _ in some], [member for _, member in some]])
        ids = [row[0] for row in cursor.fetchall()]
    rows = Contribution.objects.filter(pk__in=ids).select_related("conversation")
    return {(row.conversation.community_id, row.author_id): row for row in rows}


def answers_by(conversations: Iterable[int]) -> dict[int, list[Contribution]]:
    """The answers of those questions, newest first, with their authors. One query."""
    grouped: dict[int, list[Contribution]] = defaultdict(list)
    rows = Contribution.objects.filter(
        conversation__in=list(conversations), part=Part.ANSWER, deleted_at=None
    ).select_related("author")
    for row in rows.order_by("-created_at", "-pk"):
        grouped[row.conversation_id].append(row)
    return grouped
