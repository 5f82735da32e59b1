"""What a newer archive no longer has: marked as deleted, never taken out of the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from passeur.channels.services.bulk import Statement

_MESSAGES = """
with gone as (
    update conversations_contribution k set deleted_at = now()
    where k.channel_id = %(channel)s and k.deleted_at is null
        and not exists (select 1 from incoming_contribution c where c.external_id = k.external_id)
    returning conversation_id
)
insert into touched select distinct conversation_id from gone
"""

_THREADS = """
update conversations_conversation v set closed_at = now(), closed_reason = 'obsolete'
where v.channel_id = %(channel)s and v.closed_at is null
    and not exists (select 1 from incoming_thread t where t.external_id = v.external_id)
"""


def settle(values: Mapping[str, Any]) -> Iterator[Statement]:
    """Call it only for an archive that was read whole: what a damaged one lacks may still exist."""
    yield Statement("messages gone", _MESSAGES, values)
    yield Statement("conversations gone", _THREADS, values)
