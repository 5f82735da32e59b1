"""The first import of a place: nothing of it is here, so texts are written as they arrive.

What was put since last time is one instalment: authors and threads get their keys, and the messages that
can be placed become contributions at once, while reading goes on. The others wait for the end. Then come
the rows that everything points at, members and conversations, of which by now all is known: foreign keys
are checked at the end of the transaction, if at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from passeur.channels.services.bulk import Statement, insert_into, next_key

from .. import states
from . import messages, relations, threads

TABLES = """
create temporary table late_contribution (like incoming_contribution)
"""

_AUTHORS = """
insert into person_key
select a.author, {next_key}
from (
    select distinct author from incoming_contribution
    where author not in (select external_id from person_key)
) a
"""

_THREADS = """
insert into thread_now
select distinct on (t.external_id) t.external_id, {next_key}, true, true, {digest},
    t.kind, left(t.title, 300), a.member_id, t.created_at, t.themes, t.closed_at, t.closed_reason,
    t.accepted, t.accepted_at
from incoming_thread t
join incoming_contribution o on o.thread = t.external_id and o.part = 'opening'
join person_key a on a.external_id = o.author
where t.external_id not in (select external_id from thread_now)
order by t.external_id
"""

_PLACED = "delete from incoming_thread where external_id in (select external_id from thread_now)"

_WRITTEN = """
with written as (
    {insertion}
    on conflict do nothing
    returning id, external_id, external_digest, conversation_id, parent_id, author_id, part, created_at
)
insert into message_now
select %(step)s, null, external_id, id, true, true, external_digest, conversation_id, parent_id, author_id,
    part, created_at
from written
"""
"""A message that comes twice is written once: the second is a conflict."""

_IN_THREADS = (
    "t.id, null::bigint",
    "join thread_now t on t.external_id = c.thread",
    "c.part <> 'comment'",
)
_ON_MESSAGES = (
    "p.conversation_id, coalesce(p.parent_id, p.id)",
    "join message_now p on p.external_id = c.parent",
    "c.part = 'comment'",
)

_LATE = """
insert into late_contribution
select c.* from incoming_contribution c
where not exists (select 1 from message_now m where m.external_id = c.external_id and m.step = %(step)s)
"""


def instalment(values: Mapping[str, Any], step: int) -> Iterator[Statement]:
    """Write what was put since the last one. `step` is its number."""
    here = {**values, "step": step}
    yield Statement("", _AUTHORS.format(next_key=next_key("accounts.Member")))
    yield Statement(
        "", _THREADS.format(next_key=next_key("conversations.Conversation"), digest=threads.DIGEST)
    )
    yield Statement("", _PLACED)
    yield _written(here, *_IN_THREADS, name="messages")
    yield _written(here, *_ON_MESSAGES, name="comments")
    yield Statement("", _LATE, here)
    yield Statement("", "truncate incoming_contribution")


def latecomers(values: Mapping[str, Any], step: int) -> Iterator[Statement]:
    """Messages that came before what they belong to."""
    yield Statement("", "insert into incoming_contribution select * from late_contribution")
    yield Statement("", "truncate late_contribution")
    yield from instalment(values, step)


def _written(here: Mapping[str, Any], place: str, joined: str, which: str, *, name: str) -> Statement:
    conversation, parent = place.split(", ", 1)
    insertion = insert_into(
        "conversations.Contribution",
        f"from incoming_contribution c {joined} join person_key a on a.external_id = c.author where {which}",
        {
            "id": next_key("conversations.Contribution"),
            "conversation_id": conversation,
            "part": "c.part",
            "parent_id": parent,
            "author_id": "a.member_id",
            "body": "c.body",
            "html": "coalesce(c.html, c.body)",
            "markup": "c.markup",
            "votes": "c.votes",
            "created_at": "c.created_at",
            "edited_at": "c.edited_at",
            "channel_id": "%(channel)s",
            "external_id": "c.external_id",
            "external_digest": messages.DIGEST,
        },
        here,
        name,
    )
    return Statement(name, _WRITTEN.format(insertion=insertion.sql), insertion.values)


_KNOWN = """
select t.id, t.author_id, t.kind, t.created_at, s.closed_at, s.reason as closed_reason,
    s.accepted as accepted_answer_id
from said s join thread_now t on t.id = s.id
"""

_WRITTEN_NOW = "(select *, null::timestamptz as deleted_at from message_now)"

_WHOLE = """
from (
    with said as materialized ({said})
    select s.accepted, s.accepted_at, s.closed_at, s.reason, j.*
    from said s join ({judged}) j on j.id = s.id
) c
join thread_now t on t.id = c.id
"""
"""All that is known of each conversation; its state is judged before it is written, so it is written once."""


def conversations(values: Mapping[str, Any]) -> Iterator[Statement]:
    """All conversations, with their state, what was accepted and why they are closed."""
    judged, words = states.judged(_KNOWN, texts=_WRITTEN_NOW)
    yield insert_into(
        "conversations.Conversation",
        _WHOLE.format(said=relations.SAID, judged=judged),
        {
            "id": "t.id",
            "community_id": "%(community)s",
            "kind": "t.kind",
            "title": "t.title",
            "author_id": "t.author_id",
            "created_at": "t.created_at",
            **{column: f"c.{column}" for column in states.COLUMNS},
            "accepted_answer_id": "c.accepted",
            "accepted_at": "c.accepted_at",
            "closed_at": "c.closed_at",
            "closed_reason": "c.reason",
            "channel_id": "%(channel)s",
            "external_id": "t.external_id",
            "external_digest": "t.digest",
        },
        {**words, **values},
        "conversations",
    )
    yield Statement("", "insert into touched select id from thread_now")
    yield threads.themed()
