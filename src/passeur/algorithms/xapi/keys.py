"""What a statement is found by: a short key for each agent, activity and verb that it names.

An IRI can be longer than an index takes, and an agent is known in four ways; a key is 128 bits of a hash of
either, written as a UUID. The mailbox of an agent counts whatever its capitals are: it is one person's.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from uuid import UUID

from .objects import VOIDED
from .rules import REMEMBERED
from .statements import KINDS_OF_CONTEXT

Json = Any


@dataclass(frozen=True, slots=True)
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
    agents: Set[UUID]
    related_agents: Set[UUID]
    related_activities: Mapping[UUID, str]
    named: Mapping[UUID, Json]
    defined: Mapping[UUID, Json]


@dataclass(slots=True)
class Named:
    """Agents, by their key and as they stand, and activities that a part of a statement names."""

    agents: set[UUID] = field(default_factory=set)
    activities: dict[UUID, str] = field(default_factory=dict)
    named: dict[UUID, Json] = field(default_factory=dict)
    defined: dict[UUID, Json] = field(default_factory=dict)

    def actor(self, actor: Json) -> None:
        """An agent or a group, and the group's members."""
        key = key_of_agent(actor)
        if key is not None:
            self.named[key] = actor
            self.agents.add(key)
        for member in actor.get("member", ()):
            self.actor(member)

    def activity(self, activity: Json) -> None:
        key = key_of(activity["id"])
        self.activities[key] = activity["id"]
        if "definition" in activity:
            self.defined[key] = activity

    def context(self, context: Json) -> None:
        for name in ("instructor", "team"):
            if name in context:
                self.actor(context[name])
        for name, kind in (("contextAgents", "agent"), ("contextGroups", "group")):
            for one in context.get(name, ()):
                self.actor(one[kind])
        activities = context.get("contextActivities", {})
        for name in KINDS_OF_CONTEXT:
            given = activities.get(name, [])
            for activity in given if isinstance(given, list) else (given,):
                self.activity(activity)


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
    named = Named()
    _act(statement, named)
    agents = frozenset(named.agents)
    _relate(statement, named)
    if kind == "SubStatement":
        _act(thing, named)
        _relate(thing, named)
    if "authority" in statement:
        named.actor(statement["authority"])
    return Found(
        verb=key_of(statement["verb"]["id"]),
        actor=key_of_agent(statement["actor"]),
        activity=key_of(thing["id"]) if kind == "Activity" else None,
        target=thing["id"].lower() if kind == "StatementRef" else None,
        is_voiding=statement["verb"]["id"] == VOIDED,
        registration=statement.get("context", {}).get("registration"),
        agents=agents,
        related_agents=named.agents,
        related_activities=named.activities,
        named=named.named,
        defined=named.defined,
    )


def _act(statement: Json, named: Named) -> None:
    """Who acts, and upon whom."""
    named.actor(statement["actor"])
    if statement["object"].get("objectType") in {"Agent", "Group"}:
        named.actor(statement["object"])


def _relate(statement: Json, named: Named) -> None:
    """Activities, and the agents of the context."""
    if statement["object"].get("objectType", "Activity") == "Activity":
        named.activity(statement["object"])
    if "context" in statement:
        named.context(statement["context"])
