"""Agents of statements for whoever says who is whom: who they are, and in how many statements they act."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Left

from passeur.accounts import queries as accounts
from passeur.foundation.text import fold_name

from .. import policies
from ..choices import Shown
from ..models import Agent, AgentReference
from ..protocols import home

if TYPE_CHECKING:
    from passeur.accounts.models import Member

MANY = 1000
"""Statements are counted up to there: beyond, it is known well enough that they are many."""
OFFERED = 6
_HANDLE = re.compile(r"(?<![\w@/.-])@([\w-]*\w)")


@dataclass(frozen=True, slots=True)
class Seen:
    """An agent with the number of statements in which it acts or is the object; MANY + 1 stands for more."""

    agent: Agent
    statements: int

    @property
    def is_many(self) -> bool:
        return self.statements > MANY


def agents(viewer: Member, shown: Shown, words: str) -> QuerySet[Agent]:
    """Those that are somebody, or nobody, by name; accounts of this place are known without saying.

    Where it moved, it has two addresses: members are named by the former, programs and the erased by its own.
    """
    ours = {home(), settings.ORIGIN}
    found = Agent.objects.filter(policies.agents_visible_to(viewer)).exclude(kind="account", home__in=ours)
    found = found.filter(member__isnull=shown == Shown.UNKNOWN)
    if words:
        found = found.filter(Q(name__icontains=words) | Q(value__icontains=words) | Q(home__icontains=words))
    # A name of elsewhere may be of any length, an address of a page not.
    return found.select_related("member").annotate(place=Left("name", 60)).order_by("place", "key")


# One probe of an index for each agent, ended as soon as it is known that they are many.
_COUNT = """
SELECT %s::uuid, count(*) FROM (
    SELECT 1 FROM records_statement s WHERE s.agents @> ARRAY[%s::uuid] AND NOT s.is_voided LIMIT %s
) AS found
"""


def seen(rows: Collection[Agent]) -> list[Seen]:
    """The same agents in their order, with their statements. One query."""
    if not rows:
        return []
    values = [value for row in rows for value in (row.pk, row.pk, MANY + 1)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([_COUNT] * len(rows)), values)
        counted: dict[UUID, int] = dict(cursor.fetchall())
    return [Seen(row, counted[row.pk]) for row in rows]


def spoken_of(numbers: Collection[int]) -> dict[int, str]:
    """By the number that the audit log has, which account it is: name, address or account, and where, as far
    as they are known and while the agent is there. One query.
    """
    rows = AgentReference.objects.filter(pk__in=numbers).select_related("agent")
    return {row.pk: _in_words(row.agent) for row in rows}


def _in_words(agent: Agent) -> str:
    value = agent.value.removeprefix("mailto:")
    parts = [agent.name, value, agent.home] if agent.name != value else [value, agent.home]
    return " · ".join(part for part in parts if part)


def offered(viewer: Member, begins: str) -> list[Member]:
    """People to choose from while a name is typed."""
    if not policies.can_manage_clients(viewer) or not fold_name(begins.removeprefix("@")):
        return []
    people = accounts.accounts_and_imported().exclude(handle=None)
    if begins.startswith("@"):
        return list(people.filter(handle__startswith=begins[1:].lower())[:OFFERED])
    return list(accounts.beginning_so(people, begins)[:OFFERED])


def named(viewer: Member, words: str) -> Member | None:
    """Whom the words of the field name: by short name, by address, or by a name that one person has."""
    if not policies.can_manage_clients(viewer):
        return None
    people = accounts.accounts_and_imported()
    if handles := _HANDLE.findall(words):
        return people.filter(handle=handles[-1].lower()).first()
    if "@" in words:
        return people.filter(email=words.strip().lower()).first()
    wanted = fold_name(words)
    same = [one for one in accounts.beginning_so(people, words)[:50] if fold_name(one.name) == wanted]
    return same[0] if wanted and len(same) == 1 else None
