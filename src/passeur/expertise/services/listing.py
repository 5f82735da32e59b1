"""Working out ahead whom a question could go to, so that lists of many questions need not rank each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models import Exchange, Listing
from ..queries.candidates import considered_now
from ..queries.fairness import KEPT
from ..queries.referrals import UNHELPED

if TYPE_CHECKING:
    from passeur.conversations.models import Conversation

MOST = 300
"""Open questions of a community for which lists are kept fresh, the latest."""


def write_listing(conversation: Conversation) -> Listing:
    """Keep the people for a question, with their reasons. Written again, it keeps its place in time."""
    considered = considered_now(conversation, limit=KEPT)
    askable, busy = considered.askable[:KEPT], considered.busy[:KEPT]
    values = {
        "order": [[candidate.member.pk, candidate.score] for candidate in askable],
        "greyed": [[candidate.member.pk, candidate.score] for candidate in busy],
        "why": {str(candidate.member.pk): candidate.kept for candidate in [*askable, *busy]},
    }
    listing, _ = Listing.objects.update_or_create(
        conversation=conversation,
        defaults=values,
        create_defaults={
            **values,
            "community": conversation.community,
            "made_at": conversation.created_at.timestamp(),
        },
    )
    return listing


def open_lists(community_id: int) -> int:
    """Write the lists of a community's open questions anew; how many."""
    waiting = Exchange.objects.filter(
        community=community_id, conversation__state__in=UNHELPED
    ).select_related("conversation__community", "conversation__author")
    latest = list(waiting.order_by("-asked_at", "-pk")[:MOST])
    for exchange in reversed(latest):
        write_listing(exchange.conversation)
    return len(latest)
