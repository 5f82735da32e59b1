"""What a channel has brought here by now, counted."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from ...choices import Part
from ...models import Contribution, Conversation, ConversationTheme


@dataclass(frozen=True, slots=True)
class Totals:
    """Deleted messages count too: they keep their place."""

    conversations: int
    messages: int
    comments: int
    themes: int


def totals_of(channel: int) -> Totals:
    """Counted anew in the database, not added up from what a run says it wrote."""
    counted = Contribution.objects.filter(channel=channel).aggregate(
        messages=Count("pk", filter=~Q(part=Part.COMMENT)), comments=Count("pk", filter=Q(part=Part.COMMENT))
    )
    return Totals(
        conversations=Conversation.objects.filter(channel=channel).count(),
        messages=counted["messages"],
        comments=counted["comments"],
        themes=ConversationTheme.objects.filter(conversation__channel=channel)
        .values("theme")
        .distinct()
        .count(),
    )
