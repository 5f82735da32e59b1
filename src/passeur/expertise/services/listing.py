"""Working out ahead whom a question could go to, so that lists of many questions need not rank each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..models import Exchange, Listing
from ..queries.candidates import considered_now
from ..queries.fairness import KEPT
from ..queries.referrals import UNHELPED

if TYPE_CHECKING:
    from passeur.algorithms.routing import Ranker
    from passeur.conversations.models import Conversation

MOST = 300
"""Open questions of a community for which lists are kept fresh, the latest."""


def write_listing(conversation: Conversation, known: Ranker | None = None) -> None:
    """Keep the people for a question, with their reasons. Written again, it keeps its place in time."""
    considered = considered_now(conversation, limit=KEPT, known=known)
    askable, busy = considered.askable[:KEPT], considered.busy[:KEPT]
    values: dict[str, Any] = {
        "order": [[candidate.person, candidate.score] for candidate in askable],
        "greyed": [[candidate.person, candidate.score] for candidate in busy],
        "why": {str(candidate.person): candidate.kept for candidate in [*askable, *busy]},
    }
    made_at = conversation.created_at.timestamp()
    Listing.objects.bulk_create(
        [Listing(conversation=conversation, community=conversation.community, made_at=made_at, **values)],
        update_conflicts=True,
        unique_fields=["conversation"],
        update_fields=list(values),
    )


def open_lists(community_id: int, known: Ranker | None = None) -> int:
    """Write the lists of a community's open questions anew; how many. `known` has just learnt all."""
    waiting = Exchange.objects.filter(
        community=community_id, conversation__state__in=UNHELPED
    ).select_related("conversation__community", "conversation__author")
    latest = list(waiting.order_by("-asked_at", "-pk")[:MOST])
    for exchange in reversed(latest):
        write_listing(exchange.conversation, known)
    return len(latest)
