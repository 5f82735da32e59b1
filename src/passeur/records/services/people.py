"""Who statements name: each way of being known is kept once, with its last name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import connection

from passeur.algorithms.xapi import keys
from passeur.algorithms.xapi.prepared import Prepared

from ..protocols import home
from . import linking
from .known import Known

_KEEP = """
INSERT INTO records_agent AS known (key, kind, value, home, name, is_group)
SELECT new.* FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::boolean[])
    AS new (key, kind, value, home, name, is_group)
  LEFT JOIN records_agent a ON a.key = new.key
 WHERE a.key IS NULL OR (new.name <> '' AND new.name <> a.name)
    ON CONFLICT (key) DO UPDATE SET name = excluded.name
RETURNING key
"""

known: Known[UUID] = Known(50_000, seconds=30)
"""Their names."""


def get_to_know(statements: Iterable[Prepared]) -> None:
    """Keep the agents and groups that statements name."""
    named: dict[UUID, Any] = {}
    for one in statements:
        named.update(one.found.named)
    new = {key: agent for key, agent in named.items() if not known.says(key, agent.get("name", ""))}
    if not new:
        return
    known.keep({key: agent.get("name", "") for key, agent in new.items()})
    _keep(new)


def _keep(agents: Mapping[UUID, Any]) -> None:
    rows = sorted((str(key), *_described(agent)) for key, agent in agents.items())
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [list(column) for column in zip(*rows, strict=True)])
        changed = [row[0] for row in cursor.fetchall()]
    if provable := [key for key in changed if _may_be_ours(agents[key])]:
        linking.prove(provable)


def _may_be_ours(agent: Any) -> bool:
    """Whether the database alone could say which member it is: by an address, or an account of this place."""
    return "mbox" in agent or agent.get("account", {}).get("homePage") == home()


def _described(agent: Any) -> tuple[str, str, str, str, bool]:
    identifier = keys.identifier_of(agent) or ("", "")
    home = identifier[1] if identifier[0] == "account" else ""
    return identifier[0], identifier[-1], home, agent.get("name", ""), agent.get("objectType") == "Group"
