"""What a newer archive no longer has: marked as deleted, never taken out of the database."""

from __future__ import annotations

from collections.abc import Iterator

from passeur.channels.services.bulk import Statement

_MESSAGES = """
with gone as (
    update conversations_contribution c set deleted_at = now()
    from known_message k
    where c.id = k.id and c.deleted_at is null
        and not exists (select 1 from {place}_contribution m where m.external_id = k.external_id)
    returning c.conversation_id
)
insert into touched select distinct conversation_id from gone
"""

_THREADS = """
with gone as (
    update conversations_conversation v set closed_at = now(), closed_reason = 'obsolete'
    from known_thread k
    where v.id = k.id and v.closed_at is null
        and not exists (select 1 from {place}_thread t where t.external_id = k.external_id)
    returning v.id
)
insert into touched select id from gone
"""


def settle(place: str) -> Iterator[Statement]:
    """Call it only for an archive that was read whole: what a damaged one lacks may still exist.

    `place` is the beginning of the names of the tables that hold all of it.
    """
    yield Statement("messages gone", _MESSAGES.format(place=place))
    yield Statement("conversations gone", _THREADS.format(place=place))
