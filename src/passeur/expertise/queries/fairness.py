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
    community_id: int, order: Sequence[tuple[int, float]], *, limit: int, conversation_id: int | None = None
) -> set[int]:
    """Whom to put forward out of (person, chance), best first: nobody beyond their share of late.

    Where too few others know the subject, those beyond their share fill the list: their own caps still
    protect them, and a small community is not left without anybody.
    """
    past = Listing.objects.filter(community=community_id).exclude(conversation=conversation_id)
    last = list(past.order_by("-made_at", "-pk").values_list("order", flat=True)[:REMEMBERED])
    lists = FairLists()
    for earlier in reversed(last):
        lists.choose([(person, chance) for person, chance in earlier])
    chosen = lists.choose(order[:KEPT])[:limit]
    rest = [person for person, _ in order if person not in chosen]
    return {*chosen, *rest[: limit - len(chosen)]}
