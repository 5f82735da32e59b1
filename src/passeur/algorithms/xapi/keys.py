"""What a statement is found by: a short key for each agent, activity and verb that it names.

An IRI can be longer than an index takes, and an agent is known in four ways; a key is 128 bits of a hash of
either, written as a UUID. The mailbox of an agent counts whatever its capitals are: it is one person's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from uuid import UUID

from .objects import VOIDED
from .rules import REMEMBERED
from .statements import KINDS_OF_CONTEXT

Json = Any


@dataclass(slots=True)
class Found:
    """Keys and things of a statement. `agents`: its actor and object, members of groups with them.

    `related_*`: those and all others in it, of the statement inside it too; activities with their IRI.
    `named` has each agent that has an identifier, `defined` each activity that is defined, as they stand in
    the statement.
    """

    verb: UUID
    actor: UUID | None
    activity: UUID | None
    target: str | None
    is_voiding: bool
    registration: str | None
    agents: set[UUID] = field(default_factory=set)
    related_agents: set[UUID] = field(default_factory=set)
    related_activities: dict[UUID, str] = field(default_factory=dict)
    named: dict[UUID, Json] = field(default_factory=dict)
    defined: dict[UUID, Json] = field(default_factory=dict)


def key_of(*words: str) -> UUID:
    """The key of a thing named by these words."""
    return _known(words) if sum(map(len, words)) <= REMEMBERED else _key_of(words)


def _key_of(words: tuple[str, ...]) -> UUID:
    return UUID(bytes=blake2b("\n".join(words).encode(), digest_size=16).digest())


_known = lru_cache(20_000)(_key_of)


def identifier_of(agent: Json) -> tuple[str, ...] | None:
    """(kind, what identifies it), in one spelling; None for a group without an identifier."""
    if "mbox" in agent:
        return "mbox", agent["mbox"].lower()
    if "mbox_sha1sum" in agent:
        return "mbox_sha1sum", agent["mbox_sha1sum"].lower()
    if "openid" in agent:
        return "openid", agent["openid"]
    if "account" in agent:
        return "account", agent["account"]["homePage"], agent["account"]["name"]
    return None


def key_of_agent(agent: Json) -> UUID | None:
    """The key of an agent or a group; None where nothing identifies it."""
    identifier = identifier_of(agent)
    return None if identifier is None else key_of(*identifier)


def key_of_mailbox(address: str) -> UUID:
    """The key of an agent known by an address of e-mail."""
    return key_of("mbox", f"mailto:{address}".lower())


def find(statement: Json) -> Found:
    """All keys of a statement that was checked."""
    thing = statement["object"]
    kind = thing.get("objectType", "Activity")
    context = statement.get("context", {})
    found = Found(
        verb=key_of(statement["verb"]["id"]),
        actor=key_of_agent(statement["actor"]),
        activity=key_of(thing["id"]) if kind == "Activity" else None,
        target=thing["id"].lower() if kind == "StatementRef" else None,
        is_voiding=statement["verb"]["id"] == VOIDED,
        registration=context.get("registration"),
    )
    for agent in _acting(statement):
        found.agents.update(_keys(agent, found.named))
    found.related_agents.update(found.agents)
    _relate(statement, found)
    if kind == "SubStatement":
        for agent in _acting(thing):
            found.related_agents.update(_keys(agent, found.named))
        _relate(thing, found)
    if "authority" in statement:
        found.related_agents.update(_keys(statement["authority"], found.named))
    return found


def _acting(statement: Json) -> Iterator[Json]:
    yield statement["actor"]
    if statement["object"].get("objectType") in {"Agent", "Group"}:
        yield statement["object"]


def _keys(actor: Json, named: dict[UUID, Json]) -> Iterator[UUID]:
    """Of an agent or a group, and of the group's members."""
    key = key_of_agent(actor)
    if key is not None:
        named[key] = actor
        yield key
    for member in actor.get("member", ()):
        yield from _keys(member, named)


def _relate(statement: Json, found: Found) -> None:
    """Activities, and the agents of the context."""
    thing = statement["object"]
    if thing.get("objectType", "Activity") == "Activity":
        _activity(thing, found)
    context = statement.get("context")
    if not context:
        return
    for name in ("instructor", "team"):
        if name in context:
            found.related_agents.update(_keys(context[name], found.named))
    for name, kind in (("contextAgents", "agent"), ("contextGroups", "group")):
        for one in context.get(name, ()):
            found.related_agents.update(_keys(one[kind], found.named))
    activities = context.get("contextActivities", {})
    for name in KINDS_OF_CONTEXT:
        given = activities.get(name, [])
        for activity in given if isinstance(given, list) else (given,):
            _activity(activity, found)


def _activity(activity: Json, found: Found) -> None:
    key = key_of(activity["id"])
    found.related_activities[key] = activity["id"]
    if "definition" in activity:
        found.defined[key] = activity
