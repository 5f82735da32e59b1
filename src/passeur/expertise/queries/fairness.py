"""Lists in which the same few people do not come up every time: a window over a community's last ones."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence

from passeur.algorithms.routing.fairness import FairLists

from ..models import Listing

REMEMBERED = 60
"""How many of the last lists count."""
KEPT = 20
"""How many people of an order are looked at."""

Order = Sequence[tuple[int, float]]
"""(person, chance), best first."""


def fair_choice(
    community_id: int, order: Order, *, limit: int, conversation_id: int | None = None
) -> set[int]:
    """Whom to put forward: nobody beyond their share of late, each where they make the most difference.

    A list keeps its place in time, so that what comes later does not change it. Where too few others know
    the subject, those beyond their share fill the list: their own caps still protect them, and a small
    community is not left without anybody.
    """
    last = _last(community_id)
    lists = _rehearsed(last)
    for conversation, earlier in last.items():
        if conversation == conversation_id:
            break
        lists.choose(earlier)
    return _filled(lists.choose(order[:KEPT]), order, limit)


def fair_choices(community_id: int, orders: Mapping[int, Order], *, limit: int) -> dict[int, set[int]]:
    """The same for the lists of many questions, by question: the window is gone through once."""
    last = _last(community_id)
    lists = _rehearsed(last)
    chosen = {conversation: lists.choose(earlier) for conversation, earlier in last.items()}
    for conversation, order in orders.items():
        if conversation not in chosen:
            chosen[conversation] = copy.deepcopy(lists).choose(order[:KEPT])
    return {pk: _filled(chosen[pk], order, limit) for pk, order in orders.items()}


def _last(community_id: int) -> dict[int, list[tuple[int, float]]]:
    """The last lists of a community by question, oldest first."""
    rows = Listing.objects.filter(community=community_id).order_by("-made_at", "-pk")
    found = list(rows.values_list("conversation_id", "order")[:REMEMBERED])
    return {
        conversation: [(person, chance) for person, chance in order]
        for conversation, order in reversed(found)
    }


def _rehearsed(last: Mapping[int, Order]) -> FairLists:
    """As the measure does: how much each person is in demand is known before the first list is made."""
    lists = FairLists()
    lists.rehearse(list(last.values()))
    return lists


def _filled(chosen: Sequence[int], order: Order, limit: int) -> set[int]:
    first = list(chosen)[:limit]
    rest = [person for person, _ in order if person not in first]
    return {*first, *rest[: limit - len(first)]}
