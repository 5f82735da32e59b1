"""What hangs on conversations and contributions: acceptance, closure, links, votes, mentions, versions, reactions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from passeur.channels.services.bulk import Statement

_STANDING = """
with said as (
    select t.id, t.closed_at,
        case when t.closed_at is null then ''
            else coalesce(nullif(t.closed_reason, ''), c.reason, case when d.id is not null then 'duplicate' else '' end)
            end as reason,
        k.id as accepted, coalesce(t.accepted_at, a.accepted_at, k.created_at) as accepted_at
    from thread_now t
    left join (select thread, max(reason) as reason from incoming_closure group by thread) c
        on c.thread = t.external_id
    left join (select distinct source_id as id from conversations_conversationlink where kind = 'duplicate') d
        on d.id = t.id
    left join conversations_contribution k
        on k.channel_id = %(channel)s and k.external_id = t.accepted and k.conversation_id = t.id
            and k.part = 'answer'
    left join (select contribution, max(accepted_at) as accepted_at from incoming_acceptance group by contribution) a
        on a.contribution = t.accepted
), settled as (
    update conversations_conversation v set
        accepted_answer_id = case when v.accepted_by_id is null then s.accepted else v.accepted_answer_id end,
        accepted_at = case when v.accepted_by_id is not null then v.accepted_at
            when s.accepted is not null then s.accepted_at end,
        closed_at = case when v.closed_by_id is null then s.closed_at else v.closed_at end,
        closed_reason = case when v.closed_by_id is null then s.reason else v.closed_reason end
    from said s
    where v.id = s.id and (
        (v.accepted_by_id is null and (v.accepted_answer_id, v.accepted_at) is distinct from
            (s.accepted, case when s.accepted is not null then s.accepted_at end))
        or (v.closed_by_id is null and (v.closed_at, v.closed_reason) is distinct from (s.closed_at, s.reason))
    )
    returning v.id
)
insert into touched select id from settled
"""
"""What was accepted or closed here, by a member, stays so; the rest is as the outside place has it."""

_LINKED = """
insert into conversations_conversationlink (source_id, target_id, kind, created_at)
select s.id, t.id, l.kind, min(l.created_at)
from incoming_link l
join conversations_conversation s on s.channel_id = %(channel)s and s.external_id = l.source
join conversations_conversation t on t.channel_id = %(channel)s and t.external_id = l.target
where s.id <> t.id
group by s.id, t.id, l.kind
on conflict do nothing
"""

_VOTES = """
insert into conversations_outsidevote as o (contribution_id, day, up, down)
select k.id, n.day, sum(n.up), sum(n.down)
from incoming_vote n
join conversations_contribution k on k.channel_id = %(channel)s and k.external_id = n.contribution
group by k.id, n.day
on conflict (contribution_id, day) do update set up = excluded.up, down = excluded.down
where (o.up, o.down) is distinct from (excluded.up, excluded.down)
"""

_TAKEN_BACK = """
delete from conversations_outsidevote o using conversations_contribution k
where k.id = o.contribution_id and k.channel_id = %(channel)s
    and exists (select 1 from incoming_vote)
    and not exists (
        select 1 from incoming_vote n where n.contribution = k.external_id and n.day = o.day
    )
"""

_MENTIONED = """
insert into conversations_mention (contribution_id, member_id)
select k.id, p.member_id
from incoming_mention m
join conversations_contribution k on k.channel_id = %(channel)s and k.external_id = m.contribution
join person_key p on p.external_id = m.person
where k.author_id <> p.member_id
on conflict do nothing
"""

# `@Name` in a comment: of those who wrote there, the one whose name it is, or whose name alone begins so.
_ADDRESSED = """
insert into conversations_mention (contribution_id, member_id)
select contribution, coalesce(min(member) filter (where word = handle), min(member)) from (
    select k.id as contribution, a.id as member, m.handle, passeur_fold(replace(a.name, ' ', '')) as word
    from incoming_mention m
    join conversations_contribution k on k.channel_id = %(channel)s and k.external_id = m.contribution
    join conversations_contribution n on n.conversation_id = k.conversation_id
    join accounts_member a on a.id = n.author_id
    where m.handle is not null and a.id <> k.author_id
    group by k.id, a.id, m.handle
) near
where word = handle or (length(handle) > 2 and starts_with(word, handle))
group by contribution, handle
having count(*) = 1 or count(*) filter (where word = handle) = 1
on conflict do nothing
"""

_VERSIONS = """
create temporary table version_now as
select k.id as contribution_id, r.title, r.body, r.markup, p.member_id as author_id, r.created_at,
    row_number() over (partition by k.id order by r."order") as version,
    row_number() over (partition by k.id order by r."order" desc) = 1 as is_last
from incoming_revision r
join conversations_contribution k on k.channel_id = %(channel)s and k.external_id = r.contribution
left join person_key p on p.external_id = r.author
"""

_REVISED = """
insert into conversations_revision (contribution_id, version, title, body, markup, author_id, created_at)
select contribution_id, version, left(title, 300), body, markup, author_id, created_at
from version_now where not is_last
on conflict do nothing
"""

_NUMBERED = """
update conversations_contribution k set version = n.version
from version_now n where n.is_last and k.id = n.contribution_id and k.version < n.version
"""

_REACTED = """
insert into conversations_reaction (contribution_id, member_id, meaning, created_at)
select k.id, p.member_id, r.meaning, min(r.created_at)
from incoming_reaction r
join conversations_contribution k on k.channel_id = %(channel)s and k.external_id = r.contribution
join person_key p on p.external_id = r.person
where k.author_id <> p.member_id
group by k.id, p.member_id, r.meaning
on conflict do nothing
"""


def settle(values: Mapping[str, Any], *, is_first: bool) -> Iterator[Statement]:
    """Everything that could only be resolved once all messages have their keys."""
    yield Statement("links", _LINKED, values)
    yield Statement("", _STANDING, values)
    if not is_first:
        yield Statement("", _TAKEN_BACK, values)
    yield Statement("votes", _VOTES, values)
    yield Statement("mentions", _MENTIONED, values)
    yield Statement("mentions", _ADDRESSED, values)
    yield Statement("", _VERSIONS, values)
    yield Statement("revisions", _REVISED)
    yield Statement("", _NUMBERED)
    yield Statement("", "drop table version_now")
    yield Statement("reactions", _REACTED, values)
