"""What lasts of conversations, and who said that it no longer holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from ...choices import Kind, Part
from ...models import Contribution, Conversation, Verification

if TYPE_CHECKING:
    from passeur.communities.models import Community


def lasting(conversations: Iterable[int]) -> dict[int, Contribution]:
    """By conversation, its accepted answer or the experience told, with author and thread. One query."""
    keys = list(conversations)
    told = Q(conversation__in=keys, conversation__kind=Kind.EXPERIENCE, part=Part.OPENING)
    rows = Contribution.objects.filter(Q(accepted_in__in=keys) | told, deleted_at=None)
    return {row.conversation_id: row for row in rows.select_related("author", "conversation__author")}


def outdated_in(community: Community) -> QuerySet[Conversation, int]:
    """Conversations of which it was said last that what lasts of them no longer holds."""
    rows = Conversation.objects.filter(community=community, outdated_at__isnull=False)
    return rows.order_by().values_list("pk", flat=True)


def doubts(texts: Iterable[int]) -> dict[int, Verification]:
    """By text, what was said last of it, with who said it. One query."""
    rows = Verification.objects.filter(contribution__in=list(texts)).select_related("member")
    return {row.contribution_id: row for row in rows.order_by("created_at", "pk")}
