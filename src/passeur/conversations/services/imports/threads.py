"""Incoming threads become conversations, or bring them up to date.

A row is touched only where the outside place says something else than last time (`external_digest`):
what members changed here since stays, and a second import of the same archive changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from passeur.channels.services.bulk import Statement, insert_into, next_key

DIGEST = "hashtextextended(concat_ws(e'\\x1f', t.kind, t.title, t.created_at, t.themes, o.author), 0)"
_THREADS = """
insert into thread_now
select distinct on (t.external_id) t.external_id,
    coalesce(v.id, {next_key}),
    v.id is null, v.digest is distinct from {digest}, {digest},
    t.kind, left(t.title, 300), a.member_id, t.created_at, t.themes, t.closed_at, t.closed_reason,
    t.accepted, t.accepted_at
from incoming_thread t
join incoming_contribution o on o.thread = t.external_id and o.part = 'opening'
join person_key a on a.external_id = o.author
left join known_thread v on v.external_id = t.external_id
order by t.external_id
"""


def settle(values: Mapping[str, Any], *, is_first: bool) -> Iterator[Statement]:
    """Conversations, with their themes (`theme_key`)."""
    yield Statement("", _THREADS.format(digest=DIGEST, next_key=next_key("conversations.Conversation")))
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
    yield themed()


def themed() -> Statement:
    """The themes of conversations that are new, or have others now."""
    return insert_into(
        "conversations.ConversationTheme",
        f"from ({_THEMED}) named",
        {"conversation_id": "conversation_id", "theme_id": "theme_id", "position": "position - 1"},
        {},
        "",
    )


_RETITLED = """
update conversations_conversation v set
    kind = t.kind, title = t.title, author_id = t.author_id, created_at = t.created_at,
    external_digest = t.digest
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
