"""Statements read quickly: what was read before is known by its words.

A program that sends many statements sends the same people, verbs, activities and contexts again and again,
and what a part says follows from its bytes: checked once, it need not be read again. What is always new (the
result, the date, the identifiers) is read each time.

Nothing is taken on trust. A fast reader (msgspec) only proposes where parts begin and end; each part is read
by the strict reader before it is known, and parts put together again must give the bytes received. So a key
given twice, a stray space or an escaped key is not familiar, and neither is whatever is seldom or wrong: it
is read the long way (`reading` and `prepared`), which gives the same and has the words for what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID, uuid4

import msgspec

from . import rules
from .actors import a_group, an_actor, an_agent
from .errors import Invalid
from .keys import Found, Named, key_of, key_of_agent
from .objects import VOIDED, a_verb, an_activity
from .prepared import Prepared, version_of, vouched
from .reading import NotPlain, plain
from .statements import Edition, a_context, a_reference, a_result, a_version

Json = Any
T = TypeVar("T")

LONGEST = 100_000  # bytes of a statement; longer ones are seldom, and quick enough the long way
# Of what is remembered, in bytes: with the numbers below some 20 MB of a process that is full of usual parts,
# and 100 MB where somebody makes each as large as it can be.
LONGEST_PART = 1_000
MOST_PARTS = 90  # arrays and objects in a part: so it cannot be nested deeper than a statement may be
_PEOPLE, _THINGS, _FEW = 4_096, 2_048, 512

_array = msgspec.json.Decoder(list[msgspec.Raw]).decode
_object = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_STATEMENT = frozenset({"id", "actor", "verb", "object", "result", "context", "timestamp", "version"})


@dataclass(frozen=True, slots=True)
class Style:
    """How a program writes the marks between values."""

    colon: bytes
    comma: bytes


_STYLES = (Style(b":", b","), Style(b": ", b", "))


_NONE: Mapping[UUID, Any] = {}


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """What a part of a statement names; `key` of an actor, a verb or an activity, `target` of a reference."""

    key: UUID | None
    agents: frozenset[UUID]
    named: Mapping[UUID, Json]
    activities: Mapping[UUID, str]
    defined: Mapping[UUID, Json]
    kind: str = ""
    target: str | None = None


def read(body: bytes, edition: Edition, authority: Json) -> tuple[list[Prepared], bool] | None:
    """The statements of a body, vouched for by `authority`, and whether they came in an array.

    None where it must be read the long way.
    """
    body = body.strip(b" \t\r\n")
    is_array = body[:1] == b"["
    style = _STYLES[b'": ' in body[:100]]
    by = _Authority(authority)
    try:
        parts = [bytes(raw) for raw in _array(body)] if is_array else [body]
        if is_array and b"".join((b"[", style.comma.join(parts), b"]")) != body:
            return None
        return [_statement(part, edition, by, style) for part in parts], is_array
    except (NotPlain, Invalid, ValueError, RecursionError):
        return None


class _Authority:
    """Who vouches, read once for all of a request."""

    def __init__(self, authority: Json) -> None:
        named = Named()
        named.actor(authority)
        self.agents = _same(frozenset(named.agents))
        self.named = named.named
        self.words = vouched(authority)


def _statement(raw: bytes, edition: Edition, by: _Authority, style: Style) -> Prepared:
    if len(raw) > LONGEST:
        raise NotPlain
    given = _split(raw, style)
    if not given.keys() <= _STATEMENT:
        raise NotPlain
    try:
        actor, verb, thing = _actor(given["actor"]), _verb(given["verb"]), _thing(given["object"])
    except KeyError:
        raise NotPlain from None
    if "result" in given:
        a_result(plain(given["result"].decode(), most=MOST_PARTS), "")
    around, registration = (
        _around(given["context"], edition, style, thing) if "context" in given else ([], None)
    )
    timestamp = None
    if "timestamp" in given:
        timestamp = rules.moment(_quoted(given["timestamp"]))
        if timestamp is None:
            raise NotPlain
    identifier = _uuid(given["id"]) if "id" in given else str(uuid4())
    if identifier != identifier.lower():
        raise NotPlain
    if "version" in given:
        _version(given["version"], edition)
    words = raw[:-1].decode() + by.words
    if "version" not in given:
        words += f',"version":"{version_of(edition)}"'
    if "id" not in given:
        words += f',"id":"{identifier}"'
    return Prepared(identifier, _found(actor, verb, thing, around, by, registration), timestamp, words)


def _found(
    actor: _Part, verb: UUID, thing: _Part, around: list[_Part], by: _Authority, registration: str | None
) -> Found:
    agents = _union(actor.agents, thing.agents) if thing.agents else actor.agents
    related, activities = _union(agents, by.agents), thing.activities
    named, defined = {**actor.named, **thing.named}, thing.defined
    for part in around:
        if part.agents:
            related = _union(related, part.agents)
            named.update(part.named)
        if part.activities:
            activities = _both(thing, part)
        if part.defined:
            defined = {**defined, **part.defined}
    named.update(by.named)
    return Found(
        verb, actor.key, thing.key, thing.target, False, registration,
        agents, related, activities, named, defined,
    )  # fmt: skip


def _split(raw: bytes, style: Style) -> dict[str, bytes]:
    """The members of an object, as they were written; `NotPlain` where this is not all that was written."""
    given = {name: bytes(value) for name, value in _object(raw).items()}
    members = [b'"%b"%b%b' % (name.encode(), style.colon, value) for name, value in given.items()]
    if b"{%b}" % style.comma.join(members) != raw:
        raise NotPlain
    return given


def _quoted(raw: bytes) -> str:
    """What stands between quotation marks and has none in it, nor what stands for another character."""
    text = raw[1:-1].decode()
    if raw[:1] != b'"' or raw[-1:] != b'"' or '"' in text or "\\" in text:
        raise NotPlain
    return text


def _uuid(raw: bytes) -> str:
    text = _quoted(raw)
    if not rules.is_uuid(text):
        raise NotPlain
    return text


def _remembered(most: int) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """The last `most` answers are kept, none to a long part."""

    def decorate(ask: Callable[..., T]) -> Callable[..., T]:
        known = lru_cache(most)(ask)

        def answer(raw: bytes, *more: Any) -> T:
            return known(raw, *more) if len(raw) <= LONGEST_PART else ask(raw, *more)

        return answer

    return decorate


def _value(raw: bytes) -> Json:
    return plain(raw.decode(), most=MOST_PARTS)


def _part(named: Named, key: UUID | None = None, kind: str = "", target: str | None = None) -> _Part:
    agents = _same(frozenset(named.agents))
    return _Part(
        key, agents, named.named or _NONE, named.activities or _NONE, named.defined or _NONE, kind, target
    )


@_remembered(_PEOPLE)
def _actor(raw: bytes) -> _Part:
    value, named = _value(raw), Named()
    an_actor(value, "")
    named.actor(value)
    return _part(named, key_of_agent(value))


@_remembered(_FEW)
def _verb(raw: bytes) -> UUID:
    value = _value(raw)
    a_verb(value, "")
    if value["id"] == VOIDED:
        raise NotPlain
    return key_of(value["id"])


@_remembered(_THINGS)
def _thing(raw: bytes) -> _Part:
    value, named = _value(raw), Named()
    kind = value.get("objectType", "Activity") if isinstance(value, dict) else ""
    if kind == "Activity":
        an_activity(value, "")
        named.activity(value)
        return _part(named, key_of(value["id"]), kind)
    if kind == "StatementRef":
        a_reference(value, "")
        return _part(named, None, kind, value["id"].lower())
    if kind not in ("Agent", "Group"):
        raise NotPlain
    (an_agent if kind == "Agent" else a_group)(value, "")
    named.actor(value)
    return _part(named, None, kind)


def _around(raw: bytes, edition: Edition, style: Style, thing: _Part) -> tuple[list[_Part], str | None]:
    """What a context names, and its registration."""
    given = _split(raw, style)
    registration = _uuid(given.pop("registration")) if "registration" in given else None
    parts = [_of_context(given.pop(name), name, edition) for name in _NAMING if name in given]
    if given:
        rest = {name: _value(value) for name, value in given.items()}
        a_context(rest, edition, "", is_about_activity=thing.kind == "Activity")
    return parts, registration


# In the order in which the long way comes upon them.
_NAMING = ("instructor", "team", "contextAgents", "contextGroups", "contextActivities")


@_remembered(_THINGS)
def _of_context(raw: bytes, name: str, edition: Edition) -> _Part:
    value, named = _value(raw), Named()
    a_context({name: value}, edition, "", is_about_activity=True)
    if name == "contextActivities" and not all(isinstance(one, list) for one in value.values()):
        raise NotPlain
    named.context({name: value})
    return _part(named)


@_remembered(_FEW)
def _version(raw: bytes, edition: Edition) -> None:
    a_version(_value(raw), edition, "")


# One set for all parts that name the same, so that putting two together is a look into a table.
_same = lru_cache(_PEOPLE)(lambda agents: agents)


@lru_cache(_PEOPLE)
def _union(some: frozenset[UUID], others: frozenset[UUID]) -> frozenset[UUID]:
    return some | others


@lru_cache(_THINGS)
def _both(thing: _Part, around: _Part) -> Mapping[UUID, str]:
    """Activities; of a statement, one part of its context has all of them."""
    return {**thing.activities, **around.activities}
