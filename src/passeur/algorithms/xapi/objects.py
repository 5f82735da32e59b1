"""Activities, their definitions, verbs and attachments, checked (1.0.3, Data 2.4.3, 2.4.4.1 and 2.4.11)."""

from __future__ import annotations

from . import rules
from .errors import Invalid
from .pieces import (
    Json,
    a_language_map,
    a_string,
    an_array,
    an_iri,
    an_irl,
    an_object,
    extensions,
    only,
)

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
SIGNATURE = "http://adlnet.gov/expapi/attachments/signature"

_VERB = frozenset({"id", "display"})
_ACTIVITY = frozenset({"objectType", "id", "definition"})
_COMPONENTS = {
    "choice": {"choices"},
    "sequencing": {"choices"},
    "likert": {"scale"},
    "matching": {"source", "target"},
    "performance": {"steps"},
    "true-false": set[str](),
    "fill-in": set[str](),
    "long-fill-in": set[str](),
    "numeric": set[str](),
    "other": set[str](),
}
_LISTS = frozenset({"choices", "scale", "source", "target", "steps"})
_DEFINITION = (
    frozenset(
        {
            "name",
            "description",
            "type",
            "moreInfo",
            "extensions",
            "interactionType",
            "correctResponsesPattern",
        }
    )
    | _LISTS
)
_COMPONENT = frozenset({"id", "description"})
_ATTACHMENT = frozenset({"usageType", "display", "description", "contentType", "length", "sha2", "fileUrl"})


def a_verb(value: Json, where: str) -> None:
    given = an_object(value, where)
    only(given, _VERB, where)
    an_iri(given.get("id"), f"{where}.id")
    if "display" in given:
        a_language_map(given["display"], f"{where}.display")


def an_activity(value: Json, where: str) -> None:
    given = an_object(value, where)
    only(given, _ACTIVITY, where)
    if given.get("objectType", "Activity") != "Activity":
        raise Invalid(f"{where}.objectType", "expected Activity")
    an_iri(given.get("id"), f"{where}.id")
    if "definition" in given:
        a_definition(given["definition"], f"{where}.definition")


def a_definition(value: Json, where: str) -> None:
    given = an_object(value, where)
    only(given, _DEFINITION, where)
    for name in ("name", "description"):
        if name in given:
            a_language_map(given[name], f"{where}.{name}")
    if "type" in given:
        an_iri(given["type"], f"{where}.type")
    if "moreInfo" in given:
        an_irl(given["moreInfo"], f"{where}.moreInfo")
    if "extensions" in given:
        extensions(given["extensions"], f"{where}.extensions")
    if "interactionType" in given or "correctResponsesPattern" in given or not _LISTS.isdisjoint(given):
        _interaction(given, where)


def _interaction(given: Json, where: str) -> None:
    kind = given.get("interactionType")
    if not isinstance(kind, str) or kind not in _COMPONENTS:
        raise Invalid(f"{where}.interactionType", f"expected one of {', '.join(sorted(_COMPONENTS))}")
    if "correctResponsesPattern" in given:
        place = f"{where}.correctResponsesPattern"
        for number, pattern in enumerate(an_array(given["correctResponsesPattern"], place)):
            a_string(pattern, f"{place}[{number}]")
    for name in _LISTS.intersection(given):
        place = f"{where}.{name}"
        if name not in _COMPONENTS[kind]:
            raise Invalid(place, f"an interaction of type {kind} has none")
        _components(given[name], place)


def _components(value: Json, where: str) -> None:
    seen: set[str] = set()
    for number, component in enumerate(an_array(value, where)):
        place = f"{where}[{number}]"
        only(an_object(component, place), _COMPONENT, place)
        key = a_string(component.get("id"), f"{place}.id")
        if key in seen:
            raise Invalid(f"{place}.id", "is there twice")
        seen.add(key)
        if "description" in component:
            a_language_map(component["description"], f"{place}.description")


def an_attachment(value: Json, where: str) -> None:
    given = an_object(value, where)
    only(given, _ATTACHMENT, where)
    an_iri(given.get("usageType"), f"{where}.usageType")
    a_language_map(given.get("display"), f"{where}.display")
    if "description" in given:
        a_language_map(given["description"], f"{where}.description")
    if not rules.is_media_type(a_string(given.get("contentType"), f"{where}.contentType")):
        raise Invalid(f"{where}.contentType", "expected an Internet media type, such as image/png")
    length = given.get("length")
    if isinstance(length, bool) or not isinstance(length, int) or length < 0:
        raise Invalid(f"{where}.length", "expected a number of bytes")
    if not rules.is_sha2(a_string(given.get("sha2"), f"{where}.sha2")):
        raise Invalid(f"{where}.sha2", "expected a SHA-2 in hexadecimal digits")
    if "fileUrl" in given:
        an_irl(given["fileUrl"], f"{where}.fileUrl")
