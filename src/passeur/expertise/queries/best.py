"""For a page of many questions: the one person to put forward for each, read from the lists that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from passeur.foundation.prepared import Asked, prepared

from ..models import Listing
from .availability import availability_in
from .candidates import SHOWN, Candidate, candidate_of, involved
from .fairness import fair_choices, last_lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from passeur.conversations.models import Conversation

LOOKED_AT = 8


def best_for(conversations: Iterable[Conversation]) -> dict[int, Candidate]:
    """By question, the first person put forward who can be asked now; where none can, the first of the list.

    A fixed number of queries, for however many questions of however many communities.
    """
    asked = {conversation.pk: conversation for conversation in conversations}
    lists = _listings(conversations=list(asked))
    if not lists:
        return {}
    taken = involved(asked)
    first = {found.pk: _put_forward_first(found, chosen) for found, chosen in _fair(lists)}
    pairs = {(found.community_id, person) for found in lists for person, _ in first[found.pk]}
    free = availability_in(pairs, {conversation.community for conversation in asked.values()})
    best: dict[int, Candidate] = {}
    for found in lists:
        for person, chance in first[found.pk]:
            known = free.get((found.community_id, person))
            if known and known.obstacle is None and (found.conversation_id, person) not in taken:
                why = found.why.get(str(person), [])
                best[found.conversation_id] = candidate_of(known, chance, why)
                break
    return best


@prepared
def _listings(conversations: Asked) -> QuerySet[Listing]:
    return Listing.objects.filter(conversation__among=conversations)


def _fair(lists: Sequence[Listing]) -> Iterable[tuple[Listing, set[int]]]:
    """The lists with whom the page of each question would put forward."""
    communities = {found.community_id for found in lists}
    last = last_lists(communities)
    for community_id in communities:
        here = [found for found in lists if found.community_id == community_id]
        orders = {found.conversation_id: [(p, chance) for p, chance in found.order] for found in here}
        chosen = fair_choices(community_id, orders, limit=SHOWN, last=last.get(community_id, {}))
        yield from ((found, chosen[found.conversation_id]) for found in here)


def _put_forward_first(found: Listing, chosen: set[int]) -> list[list[Any]]:
    """The list's order, those whom fairness puts forward before the others."""
    return sorted(found.order, key=lambda pair: pair[0] not in chosen)[:LOOKED_AT]
