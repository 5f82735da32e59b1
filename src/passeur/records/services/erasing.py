"""Taking a person out of the store: what they did goes, what others did with them names nobody any more.

The ids of statements that went stay taken: a program that sends one again brings nobody back.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction

from passeur.accounts.services import take_out
from passeur.algorithms.xapi import keys

from ..models import Activity, Agent, CourseSilence, Document, Echo, Learning, Statement, StatementsRead
from ..queries import people
from . import forwarding, known

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Traces

_STRAY = """
DELETE FROM records_attachment a
 WHERE a.sha2 = ANY(%s)
   AND NOT EXISTS (
       SELECT 1 FROM records_statement s WHERE s.attachments <> '{}' AND s.attachments @> ARRAY[a.sha2]
   )
"""
# Letters may be written as \u00e9 in a statement: as `jsonb` they are letters again.
_NAMING = """
SELECT id, stored, body::text FROM records_statement
 WHERE related_agents && %s::uuid[] OR (%s <> '' AND body::jsonb::text ~* %s)
"""
_REWRITE = """
UPDATE records_statement SET actor = %s, agents = %s, related_agents = %s, body = %s
 WHERE id = %s AND stored = %s
"""
_REWRITE_ECHO = (
    "UPDATE records_echo SET agents = %s, related_agents = %s WHERE target = %s AND verb IS NOT NULL"
)


def erase(member: Member, traces: Traces) -> None:
    """Take a member out, inside the caller's transaction."""
    their = people.keys_of(member)
    _forget_acts(their)
    _rewrite_others(their, traces)
    Document.objects.filter(agent__in=their).delete()
    StatementsRead.objects.filter(agent__in=their).delete()
    Learning.objects.filter(agent__in=their).delete()
    CourseSilence.objects.filter(member=member).delete()
    take_out(Activity.objects.all(), "definition", traces=traces)
    Agent.objects.filter(key__in=their).delete()
    transaction.on_commit(known.forget_everything)


def _forget_acts(known: Collection[UUID]) -> None:
    """Delete the statements whose actor is one of these, with contents that no other statement has."""
    acts = Statement.objects.filter(agents__overlap=list(known), actor__in=list(known))
    stored, hashes = {}, set()
    for row, at, attached in acts.values_list("id", "stored", "attachments"):
        stored[row] = at
        hashes.update(attached)
    ids = list(stored)
    forwarding.withdraw(ids, stored)
    acts.delete()
    Echo.objects.filter(id__in=ids).delete()
    # Whoever is about one of them still is, but what it said is gone.
    Echo.objects.filter(target__in=ids).delete()
    if hashes:
        with connection.cursor() as cursor:
            cursor.execute(_STRAY, [sorted(hashes)])


def _rewrite_others(known: Collection[UUID], traces: Traces) -> None:
    """In what others did, put somebody without a name in the person's place."""
    nobody = {"homePage": settings.ORIGIN, "name": f"gone-{uuid4()}"}
    with connection.cursor() as cursor:
        cursor.execute(_NAMING, [list(known), traces.sql, traces.sql])
        rows = cursor.fetchall()
        # Under its id, another store keeps what it was told first: there it can only be taken back.
        forwarding.withdraw([row[0] for row in rows], {row[0]: row[1] for row in rows})
        for row, stored, body in rows:
            statement = traces.without_any(_without(json.loads(body), known, nobody), near=True)
            found = keys.find(statement)
            agents, related = list(found.agents), list(found.related_agents)
            told = json.dumps(statement, ensure_ascii=False)
            cursor.execute(_REWRITE, [found.actor, agents, related, told, row, stored])
            cursor.execute(_REWRITE_ECHO, [agents, related, row])


def _without(value: Any, known: Collection[UUID], nobody: dict[str, str]) -> Any:
    """The value with each agent that is one of these replaced, wherever it stands."""
    if isinstance(value, list):
        return [_without(part, known, nobody) for part in value]
    if not isinstance(value, dict):
        return value
    if _is_one_of(value, known):
        members = {"member": value["member"]} if "member" in value else {}
        return {"objectType": value.get("objectType", "Agent"), "account": nobody, **members}
    return {key: _without(part, known, nobody) for key, part in value.items()}


def _is_one_of(value: dict[str, Any], known: Collection[UUID]) -> bool:
    try:
        return keys.key_of_agent(value) in known
    except (AttributeError, KeyError, TypeError):
        return False  # an object of an extension that has a word in common with agents
