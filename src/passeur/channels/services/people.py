"""Incoming people become members without an account, with an identity on the channel.

Somebody who came before keeps the member they are, also after that member was claimed or merged;
whoever has an account rules their own name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..models import Channel, Forgotten
from . import forgetting
from .bulk import Statement, insert_into, next_key

TABLES = """
create temporary table person_now (
    external_id text collate "C", member_id bigint, is_new boolean, name text, joined_at timestamptz,
    is_machine boolean, is_former boolean
);
create temporary table person_key (external_id text collate "C", member_id bigint);
create temporary table known_person (external_id text collate "C", member_id bigint)
"""
"""`person_key` tells whose `external_id` is which member, for every step that follows."""

KNOWN = """
insert into known_person select external_id, member_id from channels_identity where channel_id = %(channel)s
"""
"""Who came before. To be run once, and only where somebody did."""

_FORGOTTEN = """
insert into known_person
select p.external_id, f.member_id from incoming_person p
join channels_forgotten f on f.channel_id = %(channel)s
    and f.digest = sha256(%(key)s::bytea || sha256(%(key)s::bytea || convert_to(p.external_id, 'UTF8')))
left join known_person k on k.external_id = p.external_id
where k.external_id is null
"""
_GONE = """
update incoming_person p set is_former = true
from known_person k join accounts_member m on m.id = k.member_id and m.erased_at is not null
where k.external_id = p.external_id
"""
"""Who was erased here stays so: what they wrote there is nobody's, and they belong nowhere again."""

_AUTHORS = """
insert into incoming_person (external_id, name, joined_at, is_machine, is_former)
select c.author, case when c.author ~ '^[0-9]+$' then %(unnamed)s || c.author else c.author end, c.since,
    false, false
from (select author, min(created_at) as since from incoming_contribution group by author) c
left join person_key k on k.external_id = c.author
left join incoming_person p on p.external_id = c.author
where k.external_id is null and p.external_id is null
"""

_SINCE = """
update incoming_person p set joined_at = c.since
from (select author, min(created_at) as since from incoming_contribution group by author) c
where p.joined_at is null and c.author = p.external_id
"""
"""Whoever does not say since when they are there, is since they first wrote."""

_KEYED = """
insert into person_now
select distinct on (p.external_id) p.external_id,
    coalesce(i.member_id, {next_key}), i.member_id is null,
    p.name, p.joined_at, p.is_machine, p.is_former
from incoming_person p
left join known_person i on i.external_id = p.external_id
left join person_key k on k.external_id = p.external_id
where k.external_id is null
order by p.external_id
"""
"""Each with the member they are, or the key that their member will have."""


def settle(channel: Channel, *, unnamed: str, is_first: bool, with_authors: bool) -> Iterator[Statement]:
    """Statements that make members of all `incoming_person`, and of authors nobody introduced.

    `unnamed` goes before the number of somebody of whom nothing else is known. May be run again for
    people that come later.
    """
    values: dict[str, Any] = {"channel": channel.pk, "community": channel.community_id, "unnamed": unnamed}
    if with_authors:
        yield Statement("", _AUTHORS, values)
        yield Statement("", _SINCE)
    if Forgotten.objects.filter(channel=channel).exists():
        yield Statement("", _FORGOTTEN, {"channel": channel.pk, "key": forgetting.key()})
        yield Statement("", _GONE)
    yield Statement("", "delete from person_now")
    yield Statement("", _KEYED.format(next_key=next_key("accounts.Member")))
    yield Statement("", "insert into person_key select external_id, member_id from person_now")
    yield insert_into(
        "accounts.Member",
        "from person_now where is_new",
        {
            "id": "member_id",
            "name": "left(name, 150)",
            "joined_at": "coalesce(joined_at, now())",
            "is_machine": "is_machine",
            "is_active": "not is_former",
            "receives_questions": "false",
            # No password has this hash: nobody signs in as somebody who was imported.
            "password": "'!' || md5(random()::text) || left(md5(random()::text), 8)",
        },
        {},
        "people",
    )
    yield insert_into(
        "channels.Identity",
        "from person_now where is_new",
        {"channel_id": "%(channel)s", "external_id": "external_id", "member_id": "member_id"},
        values,
        "",
    )
    yield insert_into(
        "communities.Membership",
        "from person_now where not is_machine and not is_former"
        + (" and is_new" if is_first else " on conflict do nothing"),
        {
            "community_id": "%(community)s",
            "member_id": "member_id",
            "role": "'member'",
            "joined_at": "coalesce(joined_at, now())",
        },
        values,
        "",
    )
    if not is_first:
        yield Statement("people changed", _RENAMED)
    yield Statement("", "delete from incoming_person")


_RENAMED = """
update accounts_member m set name = left(n.name, 150), is_machine = n.is_machine
from person_now n
where not n.is_new and m.id = n.member_id and m.email is null and m.erased_at is null
    and (m.name, m.is_machine) is distinct from (left(n.name, 150), n.is_machine)
"""
