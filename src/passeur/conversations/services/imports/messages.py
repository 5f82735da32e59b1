"""Incoming messages and comments become contributions, or bring them up to date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from passeur.channels.services.bulk import Statement, insert_into, next_key

DIGEST = (
    "hashtextextended("
    "concat_ws(e'\\x1f', c.part, c.author, c.created_at, c.edited_at, c.thread, c.parent, c.body), 0)"
)
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
    digest=DIGEST,
    conversation="t.id",
    parent="null::bigint",
    which="<>",
    place="join thread_now t on t.external_id = c.thread",
)
_ON_MESSAGES = _MESSAGES.format(
    step=2,
    digest=DIGEST,
    conversation="p.conversation_id",
    parent="coalesce(p.parent_id, p.id)",
    which="=",
    place="join message_now p on p.external_id = c.parent",
)


def in_threads(values: Mapping[str, Any], *, is_first: bool) -> Iterator[Statement]:
    """Openings, answers and replies, by their thread."""
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
        "from message_now m join incoming_contribution c on c.ctid = m.place "
        "where m.is_new and m.step = %(step)s",
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


# The text that is about to be replaced is kept, as when a member edits here.
_KEPT = """
insert into conversations_revision (contribution_id, version, title, body, markup, author_id, created_at)
select k.id, k.version,
    case when k.part = 'opening' then coalesce(nullif(v.title, ''), v.title_aside) else '' end,
    k.body, k.markup,
    coalesce(k.edited_by_id, k.author_id), coalesce(k.edited_at, k.created_at)
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
    version = k.version + (n.is_other and k.body <> c.body)::integer,
    body = case when n.is_other then c.body else k.body end,
    html = case when n.is_other then coalesce(c.html, c.body) else k.html end,
    markup = case when n.is_other then c.markup else k.markup end,
    edited_at = case when n.is_other then c.edited_at else k.edited_at end,
    edited_by_id = case when n.is_other then null else k.edited_by_id end,
    deleted_at = case when k.deleted_by_id is null then null else k.deleted_at end
from message_now m
join incoming_contribution c on c.ctid = m.place
join (select id, digest from known_message) o on o.id = m.id
cross join lateral (select o.digest is distinct from m.digest as is_other) n
where not m.is_new and m.has_changed and m.step = %(step)s and k.id = m.id
"""
