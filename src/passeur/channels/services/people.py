"""Incoming people become members without an account, with an identity on the channel.

Somebody who came before keeps the member they are, also after that member was claimed or merged;
whoever has an account rules their own name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

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

SILENT = "silent"
"""What the accounts are counted as that do not become members."""


def silent_accounts() -> str:
    """The same in words."""
    return _("comptes qui n’ont rien écrit là-bas : ils ne deviennent pas membres ici")


_AUTHORS = """
insert into incoming_person (external_id, name, joined_at, is_machine, is_former)
select c.author, case when c.author ~ '^[0-9]+$' then %(unnamed)s || c.author else c.author end, c.since,
    false, false
from (select author, min(created_at) as since from incoming_contribution group by author) c
left join incoming_person p on p.external_id = c.author
where p.external_id is null
"""

_SILENT = """
delete from incoming_person p
where p.external_id not in (
    select author from incoming_contribution
    union select author from incoming_revision where author is not null
    union select person from incoming_mention where person is not null
    union select person from incoming_reaction where person is not null
    union select external_id from known_person
)
"""
"""Accounts that wrote, edited, thanked and were named nowhere: nothing here would be about them."""

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
order by p.external_id
"""
"""Each with the member they are, or the key that their member will have."""


_MAY_ENTER = """
 and (is_new
    or exists (select 1 from accounts_member m where m.id = member_id and m.email is null)
    or exists (select 1 from communities_community c where c.id = %(community)s and c.entry = 'open'))
on conflict do nothing"""
"""Somebody with an account, found to be who wrote there, is not let into a private community by an import."""

_INTRODUCED = """
insert into person_key
select p.external_id, {next_key}
from (
    select external_id from incoming_person
    where external_id not in (select external_id from person_key)
    group by 1
) p
"""

_GATHERED = """
insert into person_now
select distinct on (k.external_id) k.external_id, k.member_id, true,
    coalesce(p.name, case when k.external_id ~ '^[0-9]+$' then %(unnamed)s else '' end || k.external_id),
    coalesce(p.joined_at, c.since), coalesce(p.is_machine, false), coalesce(p.is_former, false)
from person_key k
left join incoming_person p on p.external_id = k.external_id
left join (select author_id, min(created_at) as since from message_now group by author_id) c
    on c.author_id = k.member_id
order by k.external_id
"""


def is_new_place(channel: Channel) -> bool:
    """Whether nobody came from there before, not even somebody who was erased since."""
    return not (channel.identities.exists() or Forgotten.objects.filter(channel=channel).exists())


def settle(channel: Channel, *, unnamed: str, is_first: bool, only_authors: bool) -> Iterator[Statement]:
    """Statements that make members of all `incoming_person`, and of authors nobody introduced.

    `unnamed` goes before the number of somebody of whom nothing else is known. `only_authors`: whoever
    did nothing there does not become a member.
    """
    values: dict[str, Any] = {"channel": channel.pk, "community": channel.community_id, "unnamed": unnamed}
    if only_authors:
        yield Statement(SILENT, _SILENT)
    yield Statement("", _AUTHORS, values)
    yield Statement("", _SINCE)
    if Forgotten.objects.filter(channel=channel).exists():
        yield Statement("", _FORGOTTEN, {"channel": channel.pk, "key": forgetting.key()})
        yield Statement("", _GONE)
    yield Statement("", _KEYED.format(next_key=next_key("accounts.Member")))
    yield Statement("", "insert into person_key select external_id, member_id from person_now")
    yield from _written(values, is_first=is_first)
    if not is_first:
        yield Statement("people changed", _RENAMED)


def settle_keyed(channel: Channel, *, unnamed: str, only_authors: bool) -> Iterator[Statement]:
    """The same where nobody came before, and authors have got their keys already, by what they wrote."""
    values: dict[str, Any] = {"channel": channel.pk, "community": channel.community_id, "unnamed": unnamed}
    if only_authors:
        yield Statement(SILENT, _SILENT.replace("known_person", "person_key"))
    yield Statement("", _INTRODUCED.format(next_key=next_key("accounts.Member")))
    yield Statement("", _GATHERED, values)
    yield from _written(values, is_first=True)


def _written(values: dict[str, Any], *, is_first: bool) -> Iterator[Statement]:
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
        + (" and is_new" if is_first else _MAY_ENTER),
        {
            "community_id": "%(community)s",
            "member_id": "member_id",
            "role": "'member'",
            "joined_at": "coalesce(joined_at, now())",
        },
        values,
        "",
    )


_RENAMED = """
update accounts_member m set name = left(n.name, 150), is_machine = n.is_machine
from person_now n
where not n.is_new and m.id = n.member_id and m.email is null and m.erased_at is null
    and (m.name, m.is_machine) is distinct from (left(n.name, 150), n.is_machine)
"""
