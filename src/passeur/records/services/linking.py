"""Who is who: agents that are a member, by proof or because an administrator says so.

Proven: an account of this place, an address with which the member proved that it is theirs, the digest of
such an address, and what a room above vouches for (`proofs`). Statements never change: an agent is resolved
to its member when statements are read. What was decided by hand, no proof touches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha1
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction

from passeur.accounts import queries as accounts
from passeur.foundation import audit
from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import policies
from ..choices import Act, IdentifierKind, Link
from ..events import AgentsLinked
from ..models import Agent, AgentReference
from ..protocols import home

if TYPE_CHECKING:
    from passeur.accounts.models import Member

Accounts = Sequence[tuple[str, str]]
"""(home page, name) of accounts elsewhere."""
proofs: list[Callable[[Accounts], Mapping[tuple[str, str], int]]] = []
"""Each says of accounts elsewhere which members they are, where it knows."""

_OURS = """
UPDATE records_agent a SET member_id = coalesce(m.merged_into_id, m.id), link = 'proven'
  FROM accounts_member m
 WHERE a.key = ANY(%s::uuid[]) AND a.member_id IS NULL AND a.link = '' AND NOT a.is_group
   AND a.kind = 'account' AND a.home = %s AND m.erased_at IS NULL
   AND m.id = CASE WHEN a.value ~ '^[0-9]{1,18}$' THEN a.value::bigint END
RETURNING a.key
"""
_MAILED = """
UPDATE records_agent a SET member_id = e.user_id, link = 'proven'
  FROM account_emailaddress e
 WHERE a.key = ANY(%s::uuid[]) AND a.member_id IS NULL AND a.link = '' AND NOT a.is_group
   AND a.kind = 'mbox' AND e.verified AND lower(e.email) = substr(a.value, 8)
RETURNING a.key
"""


def prove(agents: Sequence[UUID]) -> list[UUID]:
    """Link those of these agents that the database alone can prove; gives which."""
    linked: list[UUID] = []
    with connection.cursor() as cursor:
        cursor.execute(_OURS, [list(agents), home()])
        linked += [row[0] for row in cursor.fetchall()]
        cursor.execute(_MAILED, [list(agents)])
        linked += [row[0] for row in cursor.fetchall()]
    return linked


def prove_all() -> int:
    """Try every proof on every agent that is nobody yet; how many are somebody now."""
    unknown = Agent.objects.filter(member=None, link=Link.UNKNOWN, is_group=False)
    with transaction.atomic():
        linked = prove(list(unknown.values_list("key", flat=True)))
        linked += _prove_digests(
            dict(unknown.filter(kind=IdentifierKind.MAILBOX_HASH).values_list("value", "key"))
        )
        elsewhere = {(place, name): key for key, place, name in _elsewhere(unknown)}
        for proof in proofs:
            found = proof(list(elsewhere))
            linked += _link({elsewhere[account]: member for account, member in found.items()})
        _announce(linked)
    return len(linked)


def link(*, agent: Agent, member: Member, by: Member) -> None:
    """Say that an agent is a member. It can be taken back."""
    require(policies.can_link(by, agent) and policies.can_be_linked(by, member))
    with transaction.atomic():
        held = Agent.objects.select_for_update().get(pk=agent.pk)
        before, held.member, held.link = held.member_id, member, Link.HAND
        held.save(update_fields=["member", "link"])
        audit.record(Act.AGENT_LINKED, by=by.pk, member=member.pk, before=before or 0, agent=_number(held))
        _announce([held.pk], before)


def part(*, agent: Agent, by: Member) -> None:
    """Say that an agent is not the member that it was said to be."""
    require(policies.can_link(by, agent))
    with transaction.atomic():
        held = Agent.objects.select_for_update().get(pk=agent.pk)
        if held.member_id is None:
            return
        before, held.member, held.link = held.member_id, None, Link.APART
        held.save(update_fields=["member", "link"])
        audit.record(Act.AGENT_PARTED, by=by.pk, member=before, agent=_number(held))
        _announce([held.pk], before)


def _number(agent: Agent) -> int:
    """What the audit log calls it, for as long as it is there."""
    return AgentReference.objects.get_or_create(agent=agent)[0].pk


def _elsewhere(unknown: Any) -> Sequence[tuple[UUID, str, str]]:
    return list(
        unknown.filter(kind=IdentifierKind.ACCOUNT).exclude(home=home()).values_list("key", "home", "value")
    )


def _prove_digests(agents: Mapping[str, UUID]) -> list[UUID]:
    """An address can be told from its digest by whoever knows the address."""
    if not agents:
        return []
    found = {}
    for address, member in accounts.verified_addresses():
        key = agents.get(sha1(f"mailto:{address}".encode(), usedforsecurity=False).hexdigest())
        if key is not None:
            found[key] = member
    return _link(found)


def _link(members: Mapping[UUID, int]) -> list[UUID]:
    unknown = Agent.objects.filter(member=None, link=Link.UNKNOWN)
    return [
        key
        for key, member in members.items()
        if unknown.filter(pk=key).update(member_id=member, link=Link.PROVEN)
    ]


def _announce(agents: Sequence[UUID], before: int | None = None) -> None:
    if agents:
        bus.publish(AgentsLinked([str(key) for key in agents], [] if before is None else [before]))
