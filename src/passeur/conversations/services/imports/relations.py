"""What hangs on texts: acceptance, closure, links, votes, mentions, earlier versions, reactions."""

from __future__ import annotations

from collections.abc import Iterator

from passeur.channels.services.bulk import Statement

_LINKED = """
insert into conversations_conversationlink (source_id, target_id, kind, created_at)
select s.id, t.id, l.kind, min(l.created_at)
from {incoming} l
join {threads} s on s.external_id = l.source
join {threads} t on t.external_id = l.target
where s.id <> t.id
group by s.id, t.id, l.kind
on conflict do nothing
"""

SAID = """
    select t.id, m.id as accepted,
        case when m.id is not null then coalesce(t.accepted_at, a.at, m.created_at) end as accepted_at,
        t.closed_at,
        case when t.closed_at is null then ''
            else coalesce(nullif(t.closed_reason, ''), c.reason, d.kind, '') end as reason
    from thread_now t
    left join message_now m on m.external_id = t.accepted and m.conversation_id = t.id and m.part = 'answer'
    left join (select contribution, max(accepted_at) as at from incoming_acceptance group by contribution) a
        on a.contribution = t.accepted
    left join (select thread, max(reason) as reason from incoming_closure group by thread) c
        on c.thread = t.external_id
    left join (select distinct source, kind from incoming_link where kind = 'duplicate') d
        on d.source = t.external_id
"""
"""What the outside place says of each conversation: the accepted answer, whether it is closed, and why."""

_OTHER = "v.accepted_by_id is null and v.accepted_answer_id is distinct from s.accepted"
"""Another answer is accepted there now: what was said of the one before says nothing of it."""

_STANDING = """
with said as ({said}
    where not t.is_new or t.closed_at is not null or m.id is not null
), outdone as (
    insert into conversations_outdone (answer_id, accepted_at)
    select v.accepted_answer_id, v.accepted_at
    from said s join conversations_conversation v on v.id = s.id
    where v.accepted_by_id is null and v.accepted_at is not null and v.accepted_answer_id <> s.accepted
    on conflict do nothing
), settled as (
    update conversations_conversation v set
        accepted_answer_id = case when v.accepted_by_id is null then s.accepted else v.accepted_answer_id end,
        accepted_at = case when v.accepted_by_id is null then s.accepted_at else v.accepted_at end,
        verified_at = case when {other} then null else v.verified_at end,
        outdated_at = case when {other} then null else v.outdated_at end,
        closed_at = case when v.closed_by_id is null then s.closed_at else v.closed_at end,
        closed_reason = case when v.closed_by_id is null then s.reason else v.closed_reason end
    from said s
    where v.id = s.id and (
        (v.accepted_by_id is null
            and (v.accepted_answer_id, v.accepted_at) is distinct from (s.accepted, s.accepted_at))
        or (v.closed_by_id is null
            and (v.closed_at, v.closed_reason) is distinct from (s.closed_at, s.reason))
    )
    returning v.id
)
insert into touched select id from settled
"""
"""What was accepted or closed here, by a member, stays so; the rest is as the outside place has it.

An answer that gives way there to another one was accepted once, as here.
"""

_VOTES = """
insert into conversations_outsidevote as o (contribution_id, day, up, down)
select m.id, n.day, sum(n.up), sum(n.down)
from incoming_vote n
join message_now m on m.external_id = n.contribution
group by m.id, n.day
order by m.id, n.day
"""
_VOTES_AGAIN = f"""{_VOTES}
on conflict (contribution_id, day) do update set up = excluded.up, down = excluded.down
where (o.up, o.down) is distinct from (excluded.up, excluded.down)
"""

_TAKEN_BACK = """
delete from conversations_outsidevote o using message_now m
where m.id = o.contribution_id and not m.is_new and exists (select 1 from incoming_vote)
    and not exists (select 1 from incoming_vote n where n.contribution = m.external_id and n.day = o.day)
"""

_MENTIONED = """
insert into conversations_mention (contribution_id, member_id)
select k.id, p.member_id
from incoming_mention m
join message_now k on k.external_id = m.contribution
join person_key p on p.external_id = m.person
where k.author_id <> p.member_id
on conflict do nothing
"""

# `@Name` in a comment: of those who wrote in its thread, who is called so, or alone begins so.
_ADDRESSED = """
with addressed as (
    select k.id, k.conversation_id, k.author_id, m.handle
    from incoming_mention m join message_now k on k.external_id = m.contribution where m.handle is not null
), present as (
    select distinct conversation_id, author_id as id from message_now
    where conversation_id in (select conversation_id from addressed)
), called as materialized (
    select id, passeur_fold(replace(name, ' ', '')) as word from accounts_member
    where id in (select id from present)
), near as (
    select m.id as contribution, c.id as member, m.handle, c.word = m.handle as is_exact
    from addressed m
    join present p on p.conversation_id = m.conversation_id and p.id <> m.author_id
    join called c on c.id = p.id
    where c.word = m.handle or (length(m.handle) > 2 and starts_with(c.word, m.handle))
)
insert into conversations_mention (contribution_id, member_id)
select contribution, coalesce(min(member) filter (where is_exact), min(member))
from near
group by contribution, handle
having count(*) = 1 or count(*) filter (where is_exact) = 1
on conflict do nothing
"""

_VERSIONS = """
create temporary table version_now as
select m.id as contribution_id, r.title, r.body, r.markup, p.member_id as author_id, r.created_at,
    row_number() over (partition by m.id order by r."order") as version,
    row_number() over (partition by m.id order by r."order" desc) = 1 as is_last
from incoming_revision r
join message_now m on m.external_id = r.contribution
left join person_key p on p.external_id = r.author
"""

_REVISED = """
insert into conversations_revision (contribution_id, version, title, body, markup, author_id, created_at)
select contribution_id, version, left(title, 300), body, markup, author_id, created_at
from version_now where not is_last
on conflict do nothing
"""

_NUMBERED = """
update conversations_contribution k set version = n.version, edited_by_id = n.author_id
from version_now n where n.is_last and k.id = n.contribution_id and k.version < n.version
"""

_REACTED = """
insert into conversations_reaction (contribution_id, member_id, meaning, created_at)
select m.id, p.member_id, r.meaning, min(r.created_at)
from incoming_reaction r
join message_now m on m.external_id = r.contribution
join person_key p on p.external_id = r.person
where m.author_id <> p.member_id
group by m.id, p.member_id, r.meaning
on conflict do nothing
"""


def links(*, incoming: str = "incoming_link", threads: str = "thread_now") -> Iterator[Statement]:
    """Between conversations, once all of them have their keys."""
    yield Statement("links", _LINKED.format(incoming=incoming, threads=threads))


def votes() -> Statement:
    """Votes on messages that had none."""
    return Statement("votes", _VOTES)


def settle(*, is_first: bool) -> Iterator[Statement]:
    """Everything that could only be resolved once all messages have their keys."""
    yield Statement("", _STANDING.format(said=SAID, other=_OTHER))
    if not is_first:
        yield Statement("", _TAKEN_BACK)
    yield votes() if is_first else Statement("votes", _VOTES_AGAIN)
    yield from named_and_revised()


def named_and_revised() -> Iterator[Statement]:
    """Mentions, earlier versions, reactions."""
    yield Statement("mentions", _MENTIONED)
    yield Statement("mentions", _ADDRESSED)
    yield Statement("", _VERSIONS)
    yield Statement("revisions", _REVISED)
    yield Statement("", _NUMBERED)
    yield Statement("", "drop table version_now")
    yield Statement("reactions", _REACTED)
