"""What the store knows of an activity, of a person, of itself (1.0.3, Communication 2.4, 2.5 and 2.8)."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse

from passeur.algorithms.xapi.statements import Edition
from passeur.foundation.access import public

from ..choices import Scope
from ..errors import NotAllowed
from ..queries import things
from .asked import Asked, known_methods
from .gate import CORS, VERSION, answer, json_answer, preflight, resource


def _may_read(asked: Asked) -> None:
    if not asked.client.may(Scope.READ, Scope.READ_MINE, Scope.ALL_READ, Scope.PROFILE):
        raise NotAllowed("This client may not read.")


def _activity(asked: Asked) -> HttpResponse:
    """The activity, with the store's definition of it."""
    _may_read(asked)
    asked.only("activityId")
    key = asked.activity()
    told: dict[str, Any] = {"objectType": "Activity", "id": asked.parameters["activityId"]}
    if definition := things.definitions([key]).get(key):
        told["definition"] = definition
    return json_answer(json.dumps(told, ensure_ascii=False))


def _person(asked: Asked) -> HttpResponse:
    """The person that an agent is: what identifies them, and their names."""
    _may_read(asked)
    asked.only("agent")
    key = asked.agent_key()
    agent = asked.agent()
    told: dict[str, Any] = {"objectType": "Person"}
    names = list(dict.fromkeys([*([agent["name"]] if "name" in agent else []), *things.names_of(key)]))
    if names:
        told["name"] = names
    for kind in ("mbox", "mbox_sha1sum", "openid", "account"):
        if kind in agent:
            told[kind] = [agent[kind]]
    return json_answer(json.dumps(told, ensure_ascii=False))


activities = resource(GET=_activity)
agents = resource(GET=_person)


@public
def about(request: HttpRequest) -> HttpResponse:
    """What is spoken here; the one resource that anybody may read, in any version."""
    allowed = known_methods({"GET"})
    if request.method == "OPTIONS":
        return preflight(allowed)
    if request.method not in {"GET", "HEAD"}:
        return answer(405, f"This resource answers {allowed}.", headers={"Allow": allowed})
    response = json_answer(json.dumps({"version": [edition.value for edition in Edition]}))
    asked = request.headers.get(VERSION, "")
    response.headers[VERSION] = (Edition.ONE if asked.startswith("1.") else Edition.TWO).value
    for name, value in CORS.items():
        response.headers[name] = value
    return response
