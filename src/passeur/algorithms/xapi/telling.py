"""A statement told shorter, or in one language: the formats `ids` and `canonical` (Communication 2.1.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .actors import IDENTIFIERS
from .statements import KINDS_OF_CONTEXT

MOST_LANGUAGES = 50  # of a header; nobody reads more

Json = Any
Definition = Callable[[Json], Json | None]
"""From an activity to its definition as the store has it; None where it has none."""


def languages(header: str) -> list[str]:
    """The tags of an `Accept-Language`, wanted most first, in small letters; `*` with them."""
    wanted: list[tuple[float, int, str]] = []
    for number, part in enumerate(header.split(",", MOST_LANGUAGES)[:MOST_LANGUAGES]):
        tag, _, rest = part.partition(";")
        name, _, weight = rest.partition("=")
        try:
            quality = float(weight) if name.strip() == "q" else 1.0
        except ValueError:
            quality = 0.0
        if tag.strip() and quality > 0:
            wanted.append((-quality, number, tag.strip().lower()))
    return [tag for _, _, tag in sorted(wanted)]


def in_one_language(texts: Json, wanted: Sequence[str]) -> Json:
    """A language map of one entry at most: the language wanted, else its base, English, the first."""
    if len(texts) < 2:
        return texts
    by_tag = {tag.lower(): tag for tag in texts}
    for tag in wanted:
        if tag in by_tag:
            return {by_tag[tag]: texts[by_tag[tag]]}
        base = tag.split("-")[0]
        if near := next((by_tag[one] for one in by_tag if one.split("-")[0] == base), None):
            return {near: texts[near]}
    chosen = next((by_tag[one] for one in by_tag if one.split("-")[0] in {"en", "und"}), next(iter(texts)))
    return {chosen: texts[chosen]}


def ids_only(statement: Json) -> Json:
    """What identifies each agent, activity, verb and group, and nothing that describes them."""
    return _told(statement, _bare_activity, lambda verb: {"id": verb["id"]}, _bare_actor)


def canonical(statement: Json, wanted: Sequence[str], definition: Definition) -> Json:
    """Activities as the store defines them, and one language of each text."""

    def activity(given: Json) -> Json:
        known = definition(given) or given.get("definition")
        return {**given, "definition": translated(known, wanted)} if known else given

    def verb(given: Json) -> Json:
        if "display" not in given:
            return given
        return {**given, "display": in_one_language(given["display"], wanted)}

    return _told(statement, activity, verb, lambda actor: actor)


def translated(definition: Json, wanted: Sequence[str]) -> Json:
    """A definition with one language of each text."""
    made = dict(definition)
    for name in ("name", "description"):
        if name in made:
            made[name] = in_one_language(made[name], wanted)
    for name in ("choices", "scale", "source", "target", "steps"):
        if name in made:
            made[name] = [
                {**one, "description": in_one_language(one["description"], wanted)}
                if "description" in one
                else one
                for one in made[name]
            ]
    return made


Change = Callable[[Json], Json]


def _told(statement: Json, activity: Change, verb: Change, actor: Change) -> Json:
    made = dict(statement)
    made["actor"] = actor(made["actor"])
    made["verb"] = verb(made["verb"])
    thing = made["object"]
    kind = thing.get("objectType", "Activity")
    if kind == "Activity":
        made["object"] = activity(thing)
    elif kind in {"Agent", "Group"}:
        made["object"] = actor(thing)
    elif kind == "SubStatement":
        made["object"] = _told(thing, activity, verb, actor)
    if "authority" in made:
        made["authority"] = actor(made["authority"])
    if "context" in made:
        made["context"] = _context(made["context"], activity, actor)
    return made


def _context(context: Json, activity: Change, actor: Change) -> Json:
    made = dict(context)
    for name in ("instructor", "team"):
        if name in made:
            made[name] = actor(made[name])
    for name, kind in (("contextAgents", "agent"), ("contextGroups", "group")):
        if name in made:
            made[name] = [{**one, kind: actor(one[kind])} for one in made[name]]
    if "contextActivities" in made:
        given = made["contextActivities"]
        made["contextActivities"] = {
            name: [activity(one) for one in given[name]] for name in KINDS_OF_CONTEXT if name in given
        }
    return made


def _bare_activity(activity: Json) -> Json:
    return {"id": activity["id"]}


def _bare_actor(actor: Json) -> Json:
    bare = {name: actor[name] for name in actor if name == "objectType" or name in IDENTIFIERS}
    if "member" in actor and IDENTIFIERS.isdisjoint(actor):
        bare["member"] = [_bare_actor(member) for member in actor["member"]]
    return bare
