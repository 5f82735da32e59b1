"""Who replied to whom in a forum of elsewhere, as programs that are about forums send it.

Two recipes are in use. One names what is replied to as the object: the discussion, or a post in it. The
other names the reply itself as the object, and what it replies to as its parent. Whom that makes a reply to
is known by the statement of whoever wrote it; where a statement names agents of its context, it is those.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from .keys import key_of, key_of_agent
from .pieces import Json

_ADL = "http://adlnet.gov/expapi/verbs/"
_STREAMS = "http://activitystrea.ms/schema/1.0/"
_TINCAN = "http://id.tincanapi.com/"
_ACROSSX = "https://w3id.org/xapi/acrossx/verbs/"

REPLYING = frozenset(
    {
        f"{_ADL}responded", f"{_ADL}commented", f"{_TINCAN}verb/replied", f"{_ACROSSX}replied",
        f"{_ACROSSX}commented", f"{_ACROSSX}responded", "https://www.w3.org/ns/activitystreams#Reply",
    }
)  # fmt: skip
"""Verbs that reply. To answer is none of them: where an agent is not named, it is a quiz that is answered."""
ANSWERING = frozenset({f"{_ADL}answered", f"{_ACROSSX}answered"})
WRITING = frozenset(
    {
        f"{_ADL}asked", f"{_ADL}shared", f"{_STREAMS}create", f"{_STREAMS}post", f"{_STREAMS}author",
        f"{_ACROSSX}posted", f"{_ACROSSX}asked", f"{_TINCAN}verb/created",
        "https://w3id.org/xapi/dod-isd/verbs/created",
    }
)  # fmt: skip
"""Verbs of whoever wrote what the statement is about."""
REPLIES = frozenset(
    {
        f"{_TINCAN}activitytype/forum-reply", f"{_STREAMS}comment", f"{_STREAMS}reply",
        "http://xapi.jisc.ac.uk/vle/forum-reply", "http://vocab.xapi.fr/activities/forum-reply",
    }
)  # fmt: skip
"""Types of what is itself a reply: never what is replied to, unless another statement says so."""
VERBS = REPLYING | ANSWERING | WRITING


@dataclass(frozen=True, slots=True)
class Said:
    """What a statement says of a forum: the activity that its actor wrote, and whom or what it replies to."""

    wrote: UUID | None = None
    agents: tuple[UUID, ...] = ()
    activities: tuple[UUID, ...] = ()


def said(statement: Json) -> Said:
    """Of a checked statement. Its actor is never among those it replies to."""
    verb, thing = statement["verb"]["id"], statement["object"]
    if thing.get("objectType", "Activity") != "Activity" or verb not in VERBS:
        return Said()
    own = key_of(thing["id"])
    if verb in WRITING:
        return Said(wrote=own)
    context = statement.get("context", {})
    agents = _agents(statement["actor"], context)
    is_reply = thing.get("definition", {}).get("type") in REPLIES
    parents = tuple(key for key in _parents(context) if key != own)
    if agents or verb in ANSWERING:
        activities: tuple[UUID, ...] = ()
    else:
        activities = parents if is_reply else (own, *parents)
    return Said(wrote=own if is_reply else None, agents=agents, activities=activities)


def _agents(actor: Json, context: Json) -> tuple[UUID, ...]:
    named = (key_of_agent(one["agent"]) for one in context.get("contextAgents", ()))
    mine = key_of_agent(actor)
    return tuple(dict.fromkeys(key for key in named if key is not None and key != mine))


def _parents(context: Json) -> list[UUID]:
    given = context.get("contextActivities", {}).get("parent", [])
    return [key_of(one["id"]) for one in (given if isinstance(given, list) else [given])]
