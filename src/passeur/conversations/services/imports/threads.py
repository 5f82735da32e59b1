"""Incoming threads and messages become conversations and contributions, or bring them up to date.

A row is touched only where the outside place says something else than last time (`external_digest`):
what members changed here since stays, and a second import of the same archive changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from passeur.channels.services.bulk import Statement, insert_into, next_key

TABLES = """
create temporary table thread_now (
    external_id text collate "C", id bigint, is_new boolean, has_changed boolean, digest bigint, kind text,
    title text, author_id bigint, created_at timestamptz, themes text[], closed_at timestamptz,
    closed_reason text, accepted text collate "C", accepted_at timestamptz
);
create temporary table known_thread (external_id text collate "C", id bigint, digest bigint);
create temporary table message_now (
    step integer, place tid, external_id text collate "C", id bigint, is_new boolean, has_changed boolean,
    digest bigint, conversation_id bigint, parent_id bigint, author_id bigint, part text, created_at timestamptz
);
create temporary table known_message (external_id text collate "C", id bigint, digest bigint, votes integer, is_gone boolean);
create temporary table touched (id bigint)
"""
"""`thread_now` and `message_now` hold what this import brings, with our keys; `known_…` what came before;
`touched` the conversations whose state must be worked out again.

Every join is between these tables: their true sizes are known, while the statistics of the big ones say
nothing of rows that are being written.
"""

KNOWN = """
insert into known_thread select external_id, id, external_digest
from conversations_conversation where channel_id = %(channel)s;
insert into known_message
select external_id, id, external_digest, votes, deleted_at is not null and deleted_by_id is null
from conversations_contribution where channel_id = %(channel)s;
analyze known_thread;
analyze known_message
"""

_THREAD_DIGEST = "hashtextextended(concat_ws(e'\\x1f', t.kind, t.title, t.created_at, t.themes, o.author), 0)"
_THREADS = f"""
insert into thread_now
select distinct on (t.external_id) t.external_id,
    coalesce(v.id, {{next_key}}),
    v.id is null, v.digest is distinct from {_THREAD_DIGEST}, {_THREAD_DIGEST},
    t.kind, left(t.title, 300), a.member_id, t.created_at, t.themes, t.closed_at, t.closed_reason,
    t.accepted, t.accepted_at
from incoming_thread t
join incoming_contribution o on o.thread = t.external_id and o.part = 'opening'
join person_key a on a.external_id = o.author
left join known_thread v on v.external_id = t.external_id
order by t.external_id
"""

_DIGEST = "hashtextextended(concat_ws(e'\\x1f', c.part, c.author, c.created_at, c.edited_at, c.thread, c.parent, c.body), 0)"
_MESSAGES = """
insert into message_now
select distinct on (c.external_id) {step}, c.ctid, c.external_id,
    coalesce(k.id, {{next_key}}), k.id is null,
    k.digest is distinct from {digest} or k.votes <> c.votes or k.is_gone, {digest},
    {conversation}, {parent}, a.member_id, c.part, c.created_at
from incoming_contribution c
{place}
join person_key a on a.external_id = c.author
left join known_message k on k.external_id = c.external_id
where c.part {which} 'comment'
order by c.external_id
"""
_IN_THREADS = _MESSAGES.format(
    step=1,
    digest=_DIGEST,
    conversation="t.id",
    parent="null::bigint",
    which="<>",
    place="join thread_now t on t.external_id = c.thread",
)
_ON_MESSAGES = _MESSAGES.format(
    step=2,
    digest=_DIGEST,
    conversation="p.conversation_id",
    parent="coalesce(p.parent_id, p.id)",
    which="=",
    place="join message_now p on p.external_id = c.parent",
)


def settle(values: Mapping[str, Any], *, is_first: bool) -> Iterator[Statement]:
    """Conversations, with their themes (`theme_key`) and the messages right in them."""
    yield Statement("", _THREADS.format(next_key=next_key("conversations.Conversation")))
    yield insert_into(
        "conversations.Conversation",
        "from thread_now where is_new",
        {
            "id": "id",
            "community_id": "%(community)s",
            "kind": "kind",
            "title": "title",
            "author_id": "author_id",
            "created_at": "created_at",
            "turn_since": "created_at",
            "last_activity_at": "created_at",
            "channel_id": "%(channel)s",
            "external_id": "external_id",
            "external_digest": "digest",
        },
        values,
        "conversations",
    )
    yield Statement("", "insert into touched select id from thread_now where is_new or has_changed")
    if not is_first:
        yield Statement("conversations changed", _RETITLED)
        yield Statement("", _UNTHEMED)
    yield insert_into(
        "conversations.ConversationTheme",
        f"from ({_THEMED}) named",
        {"conversation_id": "conversation_id", "theme_id": "theme_id", "position": "position - 1"},
        {},
        "",
    )
    yield from _write(values, is_first=is_first, step=1, incoming=_IN_THREADS, name="messages")


def comments(values: Mapping[str, Any], *, is_first: bool) -> Iterator[Statement]:
    """Contributions that comment on others. A comment on a comment hangs on what that one comments on."""
    yield from _write(values, is_first=is_first, step=2, incoming=_ON_MESSAGES, name="comments")


def _write(
    values: Mapping[str, Any], *, is_first: bool, step: int, incoming: str, name: str
) -> Iterator[Statement]:
    here = {**values, "step": step}
    yield Statement(f"resolved {name}", incoming.format(next_key=next_key("conversations.Contribution")))
    if not is_first:
        yield Statement("", _KEPT, here)
        yield Statement("", _DEMOTED, here)
        yield Statement(f"{name} changed", _REWRITTEN, here)
    yield insert_into(
        "conversations.Contribution",
        "from message_now m join incoming_contribution c on c.ctid = m.place where m.is_new and m.step = %(step)s",
        {
            "id": "m.id",
            "conversation_id": "m.conversation_id",
            "part": "c.part",
            "parent_id": "m.parent_id",
            "author_id": "m.author_id",
            "body": "c.body",
            "html": "coalesce(c.html, c.body)",
            "markup": "c.markup",
            "votes": "c.votes",
            "created_at": "c.created_at",
            "edited_at": "c.edited_at",
            "channel_id": "%(channel)s",
            "external_id": "c.external_id",
            "external_digest": "m.digest",
        },
        here,
        name,
    )
    if not is_first:
        yield Statement(
            "",
            "insert into touched select distinct conversation_id from message_now "
            "where (is_new or has_changed) and step = %(step)s",
            here,
        )


_RETITLED = """
update conversations_conversation v set
    kind = t.kind, title = t.title, author_id = t.author_id, created_at = t.created_at, external_digest = t.digest
from thread_now t
where not t.is_new and t.has_changed and v.id = t.id
"""

_UNTHEMED = """
delete from conversations_conversationtheme l using thread_now t
where not t.is_new and t.has_changed and l.conversation_id = t.id
"""

_THEMED = """
select t.id as conversation_id, k.theme_id, min(n.position) as position
from thread_now t, unnest(t.themes) with ordinality as n (name, position)
join theme_key k on k.name = n.name
where t.is_new or t.has_changed
group by t.id, k.theme_id
"""

# The text that is about to be replaced is kept, as when a member edits here.
_KEPT = """
insert into conversations_revision (contribution_id, version, title, body, markup, author_id, created_at)
select k.id, k.version, case when k.part = 'opening' then v.title else '' end, k.body, k.markup, k.author_id,
    coalesce(k.edited_at, k.created_at)
from message_now m
join incoming_contribution c on c.ctid = m.place
join conversations_contribution k on k.id = m.id
join conversations_conversation v on v.id = k.conversation_id
where not m.is_new and m.has_changed and m.step = %(step)s
    and k.external_digest is distinct from m.digest and k.body <> c.body
on conflict do nothing
"""

# An opening that another message takes over must make room before: there is one to a conversation.
_DEMOTED = """
update conversations_contribution k set part = 'reply'
from message_now m
where not m.is_new and m.has_changed and m.step = %(step)s and k.id = m.id and k.part = 'opening'
    and m.part <> 'opening'
"""

_REWRITTEN = """
update conversations_contribution k set
    conversation_id = m.conversation_id, part = c.part, parent_id = m.parent_id, author_id = m.author_id,
    votes = c.votes, created_at = c.created_at, external_digest = m.digest,
    version = k.version + (k.external_digest is distinct from m.digest and k.body <> c.body)::integer,
    body = case when k.external_digest is distinct from m.digest then c.body else k.body end,
    html = case when k.external_digest is distinct from m.digest then coalesce(c.html, c.body) else k.html end,
    markup = case when k.external_digest is distinct from m.digest then c.markup else k.markup end,
    edited_at = case when k.external_digest is distinct from m.digest then c.edited_at else k.edited_at end,
    deleted_at = case when k.deleted_by_id is null then null else k.deleted_at end
from message_now m
join incoming_contribution c on c.ctid = m.place
where not m.is_new and m.has_changed and m.step = %(step)s and k.id = m.id
"""
