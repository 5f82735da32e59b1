"""All that could need somebody in one community: read once, for the first filling and for repairs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from ...choices import State
from ...models import Contribution, Conversation, ConversationTheme, Reaction
from .searching import missed_words

if TYPE_CHECKING:
    from passeur.communities.models import Community


def has_more_than(number: int, community: Community) -> bool:
    """Whether more conversations than that began there. Reads that many rows of an index, never all."""
    return Conversation.objects.filter(community=community).order_by()[number : number + 1].exists()


def waiting_or_back(community: Community, *states: State) -> QuerySet[Conversation, int]:
    """Conversations in one of these states."""
    return _ids(Conversation.objects.filter(community=community, state__in=states))


def answered_since(community: Community, since: dt.datetime) -> QuerySet[Conversation, int]:
    """Questions answered since then, whose asker has not said more."""
    return _ids(Conversation.objects.filter(community=community, state=State.ANSWERED, turn_since__gte=since))


def unheard_since(community: Community, since: dt.datetime) -> QuerySet[Conversation, int]:
    """Conversations of any kind started since then that nobody but their author wrote in."""
    return _ids(
        Conversation.objects.filter(
            community=community, first_reply_at=None, created_at__gte=since, closed_at=None
        )
    )


def _ids(rows: QuerySet[Conversation]) -> QuerySet[Conversation, int]:
    return rows.order_by().values_list("pk", flat=True)


def wrote_since(community: Community, since: dt.datetime) -> list[int]:
    """Members who can sign in and wrote there since then."""
    rows = Contribution.objects.filter(
        conversation__community=community,
        conversation__last_activity_at__gte=since,
        created_at__gte=since,
        deleted_at=None,
    ).exclude(author__email=None)
    return list(rows.order_by().values_list("author", flat=True).distinct())


def themes_since(community: Community, since: dt.datetime) -> list[int]:
    """Themes on which something was started since then."""
    rows = ConversationTheme.objects.filter(
        conversation__community=community, conversation__created_at__gte=since
    )
    return list(rows.order_by().values_list("theme", flat=True).distinct())


def digests_since(community: Community, since: dt.date) -> list[str]:
    """Words searched in vain since that day."""
    return [digest for _, digest in missed_words([community.pk], since)]


def helpful_since(community: Community, since: dt.datetime) -> list[int]:
    """Texts written since then that somebody reacted to."""
    rows = Reaction.objects.filter(
        contribution__conversation__community=community, contribution__created_at__gte=since
    )
    return list(rows.order_by().values_list("contribution", flat=True).distinct())
