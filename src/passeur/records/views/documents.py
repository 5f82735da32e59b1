"""The three resources of documents: state, activity profile, agent profile (Communication 2.2 to 2.7)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.http import http_date

from passeur.algorithms.xapi import Invalid, rules
from passeur.algorithms.xapi.statements import Edition

from ..choices import DocumentKind, Scope
from ..errors import Absent, Clash, NotAllowed, Overtaken, Refusal
from ..queries import things
from ..services import documents
from ..services.documents import Place
from .asked import Asked
from .gate import json_answer, resource

Where = Callable[[Asked], Place]


def _state(asked: Asked) -> Place:
    asked.only("activityId", "agent", "registration", "stateId", "since")
    return Place(
        DocumentKind.STATE,
        asked.activity(),
        asked.agent_key(),
        asked.uuid("registration"),  # type: ignore[arg-type]
        asked.parameters.get("stateId", ""),
    )


def _activity_profile(asked: Asked) -> Place:
    asked.only("activityId", "profileId", "since")
    name = asked.parameters.get("profileId", "")
    return Place(DocumentKind.ACTIVITY, asked.activity(), None, None, name)


def _agent_profile(asked: Asked) -> Place:
    asked.only("agent", "profileId", "since")
    name = asked.parameters.get("profileId", "")
    return Place(DocumentKind.AGENT, None, asked.agent_key(), None, name)


def _name(asked: Asked, place: Place) -> None:
    asked.required("stateId" if place.kind == DocumentKind.STATE else "profileId")


def _may(asked: Asked, place: Place, *, reads: bool) -> None:
    scope = Scope.STATE if place.kind == DocumentKind.STATE else Scope.PROFILE
    if not asked.client.may(scope, *([Scope.ALL_READ] if reads else [])):
        raise NotAllowed(f"This client lacks the scope {scope.value}.")


def _get(where: Where) -> Callable[[Asked], HttpResponse]:
    def get(asked: Asked) -> HttpResponse:
        place = where(asked)
        _may(asked, place, reads=True)
        if not place.name:
            since = asked.moment("since")
            names = things.document_names(
                kind=place.kind,
                activity=place.activity,
                agent=place.agent,
                registration=place.registration,
                since=since,
            )
            return json_answer(json.dumps(names))
        asked.only("activityId", "agent", "registration", "stateId", "profileId")
        found = things.document(place.key)
        if found is None:
            raise Absent("There is no such document.")
        return HttpResponse(
            bytes(found.content),
            content_type=found.content_type,
            headers={"ETag": f'"{found.etag}"', "Last-Modified": http_date(found.updated_at.timestamp())},
        )

    return get


def _put(where: Where) -> Callable[[Asked], HttpResponse]:
    def put(asked: Asked) -> HttpResponse:
        place = where(asked)
        _may(asked, place, reads=False)
        _name(asked, place)
        must_say = place.kind != DocumentKind.STATE or asked.edition is Edition.TWO
        check = _check(asked, must_say=must_say)
        documents.put(place, content=asked.body, content_type=_type(asked), check=check)
        return HttpResponse(status=204)

    return put


def _post(where: Where) -> Callable[[Asked], HttpResponse]:
    def post(asked: Asked) -> HttpResponse:
        place = where(asked)
        _may(asked, place, reads=False)
        _name(asked, place)
        documents.object_of(asked.body, _type(asked))
        documents.merge(place, content=asked.body, content_type=_type(asked), check=_check(asked))
        return HttpResponse(status=204)

    return post


def _delete(where: Where) -> Callable[[Asked], HttpResponse]:
    def delete(asked: Asked) -> HttpResponse:
        place = where(asked)
        _may(asked, place, reads=False)
        if place.kind == DocumentKind.STATE and not place.name and place.activity and place.agent:
            documents.delete_all(activity=place.activity, agent=place.agent, registration=place.registration)
        else:
            _name(asked, place)
            documents.delete(place, check=_check(asked))
        return HttpResponse(status=204)

    return delete


def _type(asked: Asked) -> str:
    given = asked.header("content-type") or "application/octet-stream"
    # Told again with the document: nothing may stand in it that would end the header.
    if not rules.is_media_type(given):
        raise Invalid("Content-Type", "expected an Internet media type, such as application/json")
    return given


def _tags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/").strip('"') for tag in header.split(",")}


def _check(asked: Asked, *, must_say: bool = False) -> documents.Check:
    """What `If-Match` and `If-None-Match` ask of what is there (1.0.3, Communication 3.1).

    `must_say`: what is there is replaced only by somebody who says what they saw.
    """
    match, none_match = asked.header("if-match"), asked.header("if-none-match")

    def check(tag: str | None) -> None:
        if match and (tag is None or not ({"*", tag} & _tags(match))):
            raise Overtaken("The document is not the one that If-Match names: read it again.")
        if none_match and tag is not None and {"*", tag} & _tags(none_match):
            raise Overtaken("The document is there already, and If-None-Match says that it must not be.")
        if not must_say or match or none_match:
            return
        if tag is None and asked.edition is Edition.ONE:
            raise Refusal("Say in If-None-Match: * that there is no such document yet.")
        if tag is not None:
            raise Clash(
                "The document is there already: read it, then say in If-Match which one you replace,"
                " by its ETag."
            )

    return check


def _resource(where: Where) -> Any:
    return resource(GET=_get(where), PUT=_put(where), POST=_post(where), DELETE=_delete(where))


state = _resource(_state)
activity_profile = _resource(_activity_profile)
agent_profile = _resource(_agent_profile)
