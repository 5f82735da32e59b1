"""Who reads, follows and knows what, in whole sets: chance is a hash of the two keys, so that it repeats."""

from __future__ import annotations

from django.db import connection

_CHANCE = "(hashint8extended({0}, hashint8extended({1}, %(seed)s)) & 1048575) / 1048576.0"

# Everybody looks at what is new: of the last month, in each conversation, a few of the most active readers.
_READERS = """
with reading as (
    select m.member_id, row_number() over (order by hashint8extended(m.member_id, %(seed)s)) as rank
    from communities_membership m
    where m.community_id = (select community_id from channels_channel where id = %(channel)s)
), lately as (
    select id, last_activity_at, created_at from conversations_conversation
    where channel_id = %(channel)s
    order by last_activity_at desc limit greatest(200, (select count(*) from reading) / 10)
)
"""
_READ = (
    _READERS
    + """
insert into conversations_readmark (conversation_id, member_id, read_until)
select v.id, r.member_id, case when {chance} < 0.05 then v.created_at else v.last_activity_at end
from lately v join reading r on {chance} < 0.5 / r.rank + 0.003
on conflict do nothing
"""
)
_FOLLOW = (
    _READERS
    + """
insert into conversations_follow (conversation_id, member_id, created_at)
select v.id, r.member_id, v.created_at
from lately v join reading r on {chance} < 0.1 / r.rank
on conflict do nothing
"""
)
_THEMES = """
insert into skills_{table} (member_id, theme_id)
select m.member_id, t.id
from communities_membership m
join (
    select id, row_number() over (order by hashint8extended(id, %(seed)s)) as rank
    from skills_theme where community_id = %(community)s and merged_into_id is null
) t on {chance} < {share} / t.rank
where m.community_id = %(community)s
on conflict do nothing
"""


def read_and_follow(channel: int, seed: int) -> None:
    """Read marks and follows on what was written last."""
    with connection.cursor() as cursor:
        for statement, salt in ((_READ, 1), (_FOLLOW, 2)):
            chance = _CHANCE.format("v.id", "r.member_id")
            cursor.execute(statement.format(chance=chance), {"channel": channel, "seed": seed * 10 + salt})


def declare(community: int, seed: int) -> None:
    """What people say they can help with, and the themes they follow."""
    chance = _CHANCE.format("m.member_id", "t.id")
    with connection.cursor() as cursor:
        for table, share, salt in (("declaredskill", 0.15, 3), ("interest", 0.5, 4)):
            cursor.execute(
                _THEMES.format(table=table, chance=chance, share=share),
                {"community": community, "seed": seed * 10 + salt},
            )
