"""What ties people to others in a community: messages and reactions, never time or presence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from passeur.foundation import lasting
from passeur.foundation.arrays import array

from ...choices import Part
from ...models import Contribution

HABIT = 3
"""So many messages are counted; more tell nothing more."""


@dataclass(frozen=True, slots=True)
class Participation:
    """What ties one member to others in one community. `written` counts messages, up to `HABIT`."""

    written: int = 0
    last_at: dt.datetime | None = None
    gave: bool = False
    received: bool = False

    @property
    def has_exchanged(self) -> bool:
        """A tie in or out: replied to somebody, or got a reply or a reaction from somebody."""
        return self.gave or self.received


_TIES = f"""
select one.community, one.member, wrote.n, wrote.last_at,
    exists (
        select from conversations_contribution k
        join conversations_conversation c on c.id = k.conversation_id and c.community_id = one.community
        left join conversations_contribution p on p.id = k.parent_id
        where k.author_id = one.member and k.deleted_at is null
        and (c.author_id <> one.member or p.author_id <> one.member)
    ) or exists (
        select from conversations_reaction r
        join conversations_contribution k on k.id = r.contribution_id
        join conversations_conversation c on c.id = k.conversation_id and c.community_id = one.community
        where r.member_id = one.member
    ),
    exists (
        select from conversations_conversation c
        join conversations_contribution k on k.conversation_id = c.id
        join accounts_member a on a.id = k.author_id and not a.is_machine
        where c.author_id = one.member and c.community_id = one.community
        and k.author_id <> one.member and k.part <> '{Part.OPENING}' and k.deleted_at is null
    ) or exists (
        select from conversations_contribution mine
        join conversations_conversation c on c.id = mine.conversation_id and c.community_id = one.community
        join conversations_contribution k on k.parent_id = mine.id
        join accounts_member a on a.id = k.author_id and not a.is_machine
        where mine.author_id = one.member and k.author_id <> one.member and k.deleted_at is null
    ) or exists (
        select from conversations_contribution mine
        join conversations_conversation c on c.id = mine.conversation_id and c.community_id = one.community
        join conversations_reaction r on r.contribution_id = mine.id
        where mine.author_id = one.member
    )
from unnest(%s::bigint[], %s::bigint[]) as one(community, member)
cross join lateral (
    select count(*) as n, max(created_at) as last_at from (
        select k.created_at from conversations_contribution k
        join conversations_conversation c on c.id = k.conversation_id and c.community_id = one.community
        where k.author_id = one.member and k.deleted_at is null
        order by k.created_at desc limit {HABIT}
    ) latest
) wrote
"""  # noqa: S608 - a part and a number of ours


def participation(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Participation]:
    """By (community, member). One query, which stops at the first tie it meets."""
    some = list(dict.fromkeys(pairs))
    if not some:
        return {}
    values = [array(place[0] for place in some), array(place[1] for place in some)]
    return {
        (community, member): Participation(written, last_at, gave, received)
        for community, member, written, last_at, gave, received in lasting.fetched(_TIES, values)
    }


_FIRST = """
select first.id from unnest(%s::bigint[], %s::bigint[], %s::timestamptz[]) as one(community, member, since)
cross join lateral (
    select id from conversations_conversation
    where author_id = one.member and community_id = one.community and created_at >= one.since
    and first_reply_at is null and closed_at is null
    order by created_at, id limit 1
) first
"""


def unheard_first(places: Iterable[tuple[int, int, dt.datetime]]) -> set[int]:
    """For each (community, member, since), the first conversation nobody else wrote in. One query."""
    some = list(places)
    if not some:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, [[place[column] for place in some] for column in range(3)])
        return {row[0] for row in cursor.fetchall()}


# Their texts are looked for by all keys at once (`offset 0`), so that each page of the index and of the table
# is read once. To whom somebody replied is asked only where they began the conversation.
_ACTIVE = """
with latest as materialized (
    select here.community, c.id, c.author_id from unnest(%s::bigint[]) as here(community)
    cross join lateral (
        select id, author_id from conversations_conversation
        where community_id = here.community order by last_activity_at desc, id desc limit {conversations}
    ) c
)
select distinct c.community, k.author_id from latest c
join (
    select conversation_id, author_id, parent_id from conversations_contribution
    where conversation_id = any(array(select id from latest)) and deleted_at is null offset 0
) k on k.conversation_id = c.id
where c.author_id <> k.author_id or exists (
    select from conversations_contribution p where p.id = k.parent_id and p.author_id <> k.author_id
)
"""


def active_lately(communities: Iterable[int], *, conversations: int) -> set[tuple[int, int]]:
    """(community, member) of those who wrote to others in its so many latest conversations. One query."""
    sql = _ACTIVE.format(conversations=int(conversations))
    return set(lasting.fetched(sql, [array(communities)]))


# Somebody wrote after them in an exchange that they wrote in, or reacted to what they wrote: in any
# community, whatever channel it came from. What they wrote themself, or a machine did, is no company.
_HEARD = """
select one.member, greatest(
    (
        select max(k.created_at)
        from (
            select conversation_id, min(created_at) as first_at from conversations_contribution
            where author_id = one.member and deleted_at is null group by conversation_id
        ) mine
        join conversations_contribution k
            on k.conversation_id = mine.conversation_id and k.created_at > mine.first_at
        join accounts_member a on a.id = k.author_id and not a.is_machine
        where k.author_id <> one.member and k.deleted_at is null
    ), (
        select max(r.created_at)
        from conversations_contribution mine
        join conversations_reaction r on r.contribution_id = mine.id and r.member_id <> one.member
        join accounts_member a on a.id = r.member_id and not a.is_machine
        where mine.author_id = one.member and mine.deleted_at is null
    )
)
from unnest(%s::bigint[]) as one(member)
"""


def heard_at(members: Iterable[int]) -> dict[int, dt.datetime]:
    """By member, when somebody last wrote after them in an exchange or reacted to them. One query."""
    wanted = sorted(set(members))
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_HEARD, [wanted])
        return {member: at for member, at in cursor.fetchall() if at is not None}


def writers_in(conversations: Iterable[int]) -> list[int]:
    """The members who wrote in these conversations, also what was taken out, and can sign in. One query."""
    rows = Contribution.objects.filter(conversation__in=list(conversations)).exclude(author__email=None)
    return sorted(set(rows.order_by().values_list("author", flat=True)))
