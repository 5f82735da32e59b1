"""Lists in which the same few people do not come up every time: a window over a community's last ones."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from passeur.algorithms.routing.fairness import FairLists

from ..models import Listing

REMEMBERED = 60
"""How many of the last lists count."""
KEPT = 20
"""How many people of an order are looked at."""

Order = Sequence[tuple[int, float]]
"""(person, chance), best first."""
LastLists = Mapping[int, Order]
"""The orders of a community's last questions, by question, oldest first."""


def fair_choice(
    community_id: int, order: Order, *, limit: int, conversation_id: int | None = None
) -> set[int]:
    """Whom to put forward: nobody beyond their share of late, each where they make the most difference.

    A list keeps its place in time, so that what comes later does not change it. Where too few others know
    the subject, those beyond their share fill the list: their own caps still protect them, and a small
    community is not left without anybody.
    """
    last = last_lists([community_id]).get(community_id, {})
    lists = _rehearsed(last)
    for conversation, earlier in last.items():
        if conversation == conversation_id:
            break
        lists.choose(earlier)
    return _filled(lists.choose(order[:KEPT]), order, limit)


def fair_choices(
    community_id: int, orders: Mapping[int, Order], *, limit: int, last: LastLists | None = None
) -> dict[int, set[int]]:
    """The same for the lists of many questions, by question: the window is gone through once.

    `last` is what `last_lists` says of that community, for whoever asked it for several at once.
    """
    if last is None:
        last = last_lists([community_id]).get(community_id, {})
    lists = _rehearsed(last)
    chosen = {conversation: lists.choose(earlier) for conversation, earlier in last.items()}
    for conversation, order in orders.items():
        if conversation not in chosen:
            chosen[conversation] = copy.deepcopy(lists).choose(order[:KEPT])
    return {pk: _filled(chosen[pk], order, limit) for pk, order in orders.items()}


def last_lists(communities: Collection[int]) -> dict[int, dict[int, list[tuple[int, float]]]]:
    """By community, its last lists by question, oldest first. One query for all, whatever came before."""
    # A part for each community: its index gives the last ones, where a window would read them all.
    parts = [
        Listing.objects.filter(community=community)
        .order_by("-made_at", "-pk")
        .values_list("made_at", "pk", "community_id", "conversation_id", "order")[:REMEMBERED]
        for community in communities
    ]
    found: dict[int, dict[int, list[tuple[int, float]]]] = defaultdict(dict)
    rows = parts[0].union(*parts[1:], all=True) if parts else []
    for _at, _pk, community, conversation, order in sorted(rows, key=lambda row: row[:2]):
        found[community][conversation] = [(person, chance) for person, chance in order]
    return found


def _rehearsed(last: LastLists) -> FairLists:
    """As the measure does: how much each person is in demand is known before the first list is made."""
    lists = FairLists()
    lists.rehearse(list(last.values()))
    return lists


def _filled(chosen: Sequence[int], order: Order, limit: int) -> set[int]:
    first = list(chosen)[:limit]
    rest = [person for person, _ in order if person not in first]
    return {*first, *rest[: limit - len(first)]}
