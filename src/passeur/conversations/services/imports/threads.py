"""Incoming threads and messages become conversations and contributions, or bring them up to date.

A row is touched only where the outside place says something else than last time (`external_digest`):
what members changed here since stays, and a second import of the same archive changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from passeur.channels.services.bulk import Statement, insert_into

TABLES = """
create temporary table thread_now (
    external_id text, id bigint, is_new boolean, has_changed boolean, digest bigint, kind text, title text,
    author_id bigint, created_at timestamptz, themes text[], closed_at timestamptz, closed_reason text,
    accepted text, accepted_at timestamptz
);
create temporary table touched (id bigint)
"""
"""`thread_now` holds the threads of this import with the keys of their conversations; `touched` those
conversations whose state must be worked out again."""

_THREAD_DIGEST = "hashtextextended(concat_ws(e'\\x1f', t.kind, t.title, t.created_at, t.themes, o.author), 0)"
_DIGEST = "hashtextextended(concat_ws(e'\\x1f', c.part, c.author, c.created_at, c.edited_at, c.thread, c.parent, c.body), 0)"

_KEYED = f"""
insert into thread_now
select distinct on (t.external_id) t.external_id,
    coalesce(v.id, nextval(pg_get_serial_sequence('conversations_conversation', 'id'))),
    v.id is null, v.external_digest is distinct from {_THREAD_DIGEST}, {_THREAD_DIGEST},
    t.kind, left(t.title, 300), a.member_id, t.created_at, t.themes, t.closed_at, t.closed_reason,
    t.accepted, t.accepted_at
from incoming_thread t
join incoming_contribution o on o.thread = t.external_id and o.part = 'opening'
join person_key a on a.external_id = o.author
left join conversations_conversation v on v.channel_id = %(channel)s and v.external_id = t.external_id
order by t.external_id
"""

_RETITLED = """
update conversations_conversation v set
    kind = t.kind, title = t.title, author_id = t.author_id, created_at = t.created_at, external_digest = t.digest
from thread_now t
where not t.is_new and t.has_changed and v.id = t.id
"""


def settle(values: Mapping[str, Any]) -> Iterator[Statement]:
    """Conversations, with their themes (`theme_key`) and the messages right in them."""
    yield Statement("", _KEYED, values)
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
            "closed_at": "closed_at",
            "closed_reason": "case when closed_at is null then '' else closed_reason end",
            "channel_id": "%(channel)s",
            "external_id": "external_id",
            "external_digest": "digest",
        },
        values,
        "conversations",
    )
    yield Statement("conversations changed", _RETITLED, values)
    yield Statement("", "insert into touched select id from thread_now where is_new or has_changed")
    yield Statement(
        "",
        "delete from conversations_conversationtheme l using thread_now t "
        "where not t.is_new and t.has_changed and l.conversation_id = t.id",
    )
    yield insert_into(
        "conversations.ConversationTheme",
        "from (select t.id as conversation_id, k.theme_id, min(n.position) as position from thread_now t, "
        "unnest(t.themes) with ordinality as n (name, position) join theme_key k on k.name = n.name "
        "where t.is_new or t.has_changed group by t.id, k.theme_id) named",
        {"conversation_id": "conversation_id", "theme_id": "theme_id", "position": "position - 1"},
        {},
        "",
    )
    # Two threads exchange messages (a topic renamed there): the old opening steps back first.
    yield from messages(values, comments=False)


def messages(values: Mapping[str, Any], *, comments: bool) -> Iterator[Statement]:
    """Contributions: openings, answers and replies by their thread, comments by what they comment on."""
    name = "comments" if comments else "messages"
    yield Statement("", "truncate message_now")
    yield Statement("", _COMMENTS if comments else _MESSAGES, values)
    yield Statement("", _KEPT, values)
    yield Statement("", _DEMOTED)
    yield Statement(f"{name} changed", _REWRITTEN)
    yield insert_into(
        "conversations.Contribution",
        "from message_now m join incoming_contribution c on c.ctid = m.place where m.id is null",
        {
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
        values,
        name,
    )
    yield Statement("", "insert into touched select distinct conversation_id from message_now where id is null or has_changed")


MESSAGES_TABLE = """
create temporary table message_now (
    place tid, id bigint, conversation_id bigint, parent_id bigint, author_id bigint, digest bigint,
    has_changed boolean
)
"""

_RESOLVED = """
insert into message_now
select distinct on (c.external_id) c.ctid, k.id, {conversation}, {parent}, a.member_id, {digest},
    k.external_digest is distinct from {digest} or k.votes <> c.votes
        or (k.deleted_at is not null and k.deleted_by_id is null)
from incoming_contribution c
{place}
join person_key a on a.external_id = c.author
left join conversations_contribution k on k.channel_id = %(channel)s and k.external_id = c.external_id
where c.part {which} 'comment'
order by c.external_id
"""
_MESSAGES = _RESOLVED.format(
    conversation="t.id",
    parent="null::bigint",
    digest=_DIGEST,
    which="<>",
    place="join thread_now t on t.external_id = c.thread",
)
_COMMENTS = _RESOLVED.format(
    conversation="p.conversation_id",
    parent="coalesce(p.parent_id, p.id)",
    digest=_DIGEST,
    which="=",
    place="join conversations_contribution p on p.channel_id = %(channel)s and p.external_id = c.parent",
)

# The text that is about to be replaced is kept, as when a member edits here.
_KEPT = """
insert into conversations_revision (contribution_id, version, title, body, markup, author_id, created_at)
select k.id, k.version, case when k.part = 'opening' then v.title else '' end, k.body, k.markup, k.author_id,
    coalesce(k.edited_at, k.created_at)
from message_now m
join incoming_contribution c on c.ctid = m.place
join conversations_contribution k on k.id = m.id
join conversations_conversation v on v.id = k.conversation_id
where m.has_changed and k.external_digest is distinct from m.digest and k.body <> c.body
on conflict do nothing
"""

# An opening that another message takes over must make room before: there is one to a conversation.
_DEMOTED = """
update conversations_contribution k set part = 'reply'
from message_now m join incoming_contribution c on c.ctid = m.place
where m.has_changed and k.id = m.id and k.part = 'opening' and c.part <> 'opening'
"""

_REWRITTEN = """
update conversations_contribution k set
    conversation_id = m.conversation_id, part = c.part, parent_id = m.parent_id, author_id = m.author_id,
    version = k.version
        + case when k.external_digest is distinct from m.digest and k.body <> c.body then 1 else 0 end,
    body = case when k.external_digest is distinct from m.digest then c.body else k.body end,
    html = case when k.external_digest is distinct from m.digest then coalesce(c.html, c.body) else k.html end,
    markup = case when k.external_digest is distinct from m.digest then c.markup else k.markup end,
    votes = c.votes, created_at = c.created_at,
    edited_at = case when k.external_digest is distinct from m.digest then c.edited_at else k.edited_at end,
    deleted_at = case when k.deleted_by_id is null then null else k.deleted_at end,
    external_digest = m.digest
from message_now m join incoming_contribution c on c.ctid = m.place
where m.has_changed and k.id = m.id
"""
