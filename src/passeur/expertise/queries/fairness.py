"""Lists in which the same few people do not come up every time: a window over a community's last ones."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile

from passeur.algorithms.routing.fairness import FairLists
from passeur.foundation import lasting
from passeur.foundation.arrays import array

REMEMBERED = 60
"""How many of the last lists count."""
KEPT = 20
"""How many people of an order are looked at."""

Order = Sequence[tuple[int, float]]
"""(person, chance), best first."""
LastLists = Mapping[int, Order]
"""The orders of a community's last questions, by question, oldest first."""

_LAST = """
select c.community, l.conversation_id, l.people
from unnest(%(communities)s::bigint[]) as c(community)
cross join lateral (
    select conversation_id, "order"::text as people, made_at, id from expertise_listing
    where community_id = c.community order by made_at desc, id desc limit %(most)s::int
) l
order by l.made_at, l.id
"""


def fair_choice(
    community_id: int, order: Order, *, limit: int, conversation_id: int | None = None
) -> set[int]:
    """Whom to put forward: nobody beyond their share of late, each where they make the most difference.

    A list keeps its place in time, so that what comes later does not change it. Where too few others know
    the subject, those beyond their share fill the list: their own caps still protect them, and a small
    community is not left without anybody.
    """
    last = last_lists([community_id]).get(community_id, {})
    before = takewhile(lambda conversation: conversation != conversation_id, last)
    lists = _gone_through(tuple(last.values()), sum(1 for _ in before)).copy()
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
            chosen[conversation] = lists.copy().choose(order[:KEPT])
    return {pk: _filled(chosen[pk], order, limit) for pk, order in orders.items()}


def last_lists(communities: Collection[int]) -> dict[int, dict[int, tuple[tuple[int, float], ...]]]:
    """By community, its last lists by question, oldest first. One query for all, whatever came before."""
    found: dict[int, dict[int, tuple[tuple[int, float], ...]]] = defaultdict(dict)
    values = {"communities": array(communities), "most": REMEMBERED}
    for community, conversation, order in lasting.fetched(_LAST, values):
        found[community][conversation] = _pairs(order)
    return found


@lru_cache(maxsize=4_000)
def _pairs(order: str) -> tuple[tuple[int, float], ...]:
    """An order from its JSON."""
    return tuple((person, chance) for person, chance in json.loads(order))


def _rehearsed(last: LastLists) -> FairLists:
    """As the measure does: how much each person is in demand is known before the first list is made."""
    return _rehearsal(tuple(last.values())).copy()


@lru_cache(maxsize=64)
def _rehearsal(orders: tuple[Order, ...]) -> FairLists:
    """The same lists give the same prices: one rehearsal serves until one of them changes."""
    lists = FairLists()
    lists.rehearse(orders)
    return lists


@lru_cache(maxsize=128)
def _gone_through(orders: tuple[Order, ...], made: int) -> FairLists:
    """What the first of the last lists, so many of them, leave for the next one."""
    lists = _rehearsal(orders).copy()
    for order in orders[:made]:
        lists.choose(order)
    return lists


def _filled(chosen: Sequence[int], order: Order, limit: int) -> set[int]:
    first = list(chosen)[:limit]
    rest = [person for person, _ in order if person not in first]
    return {*first, *rest[: limit - len(first)]}
