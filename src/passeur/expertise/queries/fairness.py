"""Lists in which the same few people do not come up every time: a window over a community's last ones."""

from __future__ import annotations

from collections.abc import Sequence

from passeur.algorithms.routing.fairness import FairLists

from ..models import Listing

REMEMBERED = 60
"""How many of the last lists count."""
KEPT = 20
"""How many people of an order are looked at."""


def fair_choice(
    community_id: int, order: Sequence[tuple[int, float]], *, conversation_id: int | None = None
) -> list[int]:
    """Whom to put forward, best first, out of (person, chance): nobody beyond their share of late."""
    past = Listing.objects.filter(community=community_id).exclude(conversation=conversation_id)
    last = list(past.order_by("-made_at", "-pk").values_list("order", flat=True)[:REMEMBERED])
    lists = FairLists()
    for earlier in reversed(last):
        lists.choose([(person, chance) for person, chance in earlier])
    return lists.choose(order[:KEPT])
