"""A request of xAPI, read whichever way it was written: plainly, or as a form (1.0.3, Communication 1.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest

from passeur.algorithms.xapi import Invalid, TooLarge, multipart, reading, rules
from passeur.algorithms.xapi.actors import an_actor
from passeur.algorithms.xapi.keys import key_of, key_of_agent
from passeur.algorithms.xapi.statements import Edition

from ..models import Client

FORM = "application/x-www-form-urlencoded"
MOST_PARAMETERS = 100
LARGEST_FORM = 4 * 1024 * 1024  # bytes; read before it is known who asks
# What a form may bring of the headers (1.0.3, Communication 1.3.s3.b7), in small letters.
IN_A_FORM = frozenset(
    {
        "authorization", "x-experience-api-version", "content-type", "content-length", "if-match",
        "if-none-match", "accept", "accept-language",
    }
)  # fmt: skip


@dataclass(slots=True)
class Asked:
    """What is asked. `headers` are in small letters; `edition` and `client` are known once past the gate.

    `through`: up to when what was read for it is complete, once it was read. `is_remembered`: the client is
    as this process read it before, and no answer is given until the database has confirmed it.
    """

    method: str
    parameters: dict[str, str]
    headers: Mapping[str, str]
    body: bytes
    path: str
    is_form: bool = False
    edition: Edition = Edition.TWO
    client: Client = field(default_factory=Client)
    through: dt.datetime | None = None
    is_remembered: bool = False

    @property
    def remembered(self) -> Client | None:
        """The client, where it is to be confirmed by whatever is asked of the database next."""
        return self.client if self.is_remembered else None

    def header(self, name: str) -> str:
        return self.headers.get(name, "")

    def only(self, *names: str) -> None:
        """No parameter but these."""
        for name in self.parameters:
            if name not in names:
                raise Invalid("query", f"this resource has no parameter {name[:60]!r}")

    def required(self, name: str) -> str:
        if not self.parameters.get(name):
            raise Invalid(name, "this parameter is required")
        return self.parameters[name]

    def iri(self, name: str) -> str | None:
        value = self.parameters.get(name)
        if value is not None and not rules.is_iri(value):
            raise Invalid(name, "expected an absolute IRI")
        return value

    def activity(self, name: str = "activityId") -> Any:
        """The key of the activity, required."""
        self.required(name)
        return key_of(str(self.iri(name)))

    def uuid(self, name: str) -> str | None:
        value = self.parameters.get(name)
        if value is not None and not rules.is_uuid(value):
            raise Invalid(name, "expected a UUID")
        return value.lower() if value else None

    def moment(self, name: str) -> Any:
        value = self.parameters.get(name)
        if value is None:
            return None
        at = rules.moment(value)
        if at is None:
            raise Invalid(name, "expected a date and time of ISO 8601, such as 2026-11-28T09:30:00Z")
        return at

    def truth(self, name: str) -> bool:
        value = self.parameters.get(name, "false")
        if value not in {"true", "false"}:
            raise Invalid(name, "expected true or false")
        return value == "true"

    def agent(self) -> Any:
        """The agent or identified group of the parameter, checked; None where none is given."""
        if "agent" not in self.parameters:
            return None
        agent = reading.value_of(self.parameters["agent"], "agent")
        an_actor(agent, "agent")
        if key_of_agent(agent) is None:
            raise Invalid("agent", "a group without an identifier cannot be looked for")
        return agent

    def agent_key(self) -> Any:
        """The key of the agent, required."""
        self.required("agent")
        return key_of_agent(self.agent())


def read(request: HttpRequest) -> Asked:
    """What a request asks; `Invalid` where it cannot be told."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    parameters = _pairs(request.META.get("QUERY_STRING", "").encode("latin-1"), "query")
    body: bytes = request.read()
    asked = Asked(str(request.method), parameters, headers, body, request.path)
    return _from_form(asked) if "method" in parameters and _may_be_form(asked) else asked


def _may_be_form(asked: Asked) -> bool:
    return not asked.header("x-experience-api-version").startswith("2.")


def _from_form(asked: Asked) -> Asked:
    if asked.method != "POST":
        raise Invalid("method", "a request in a form is sent as a POST")
    if set(asked.parameters) != {"method"}:
        raise Invalid("query", "with method, all other parameters go into the form")
    method = asked.parameters["method"]
    if method not in {"GET", "PUT", "POST", "DELETE", "HEAD"}:
        raise Invalid("method", "expected GET, HEAD, PUT, POST or DELETE")
    if multipart.media_type(asked.header("content-type"))[0] != FORM:
        raise Invalid("Content-Type", f"a request in a form is {FORM}")
    if len(asked.body) > LARGEST_FORM:
        raise TooLarge("form", f"has more than {LARGEST_FORM} bytes: send the request plainly")
    given = _pairs(asked.body, "form")
    headers = dict(asked.headers)
    # The form's own type is not that of what it brings.
    headers["content-type"] = "application/json"
    headers |= {name.lower(): given.pop(name) for name in list(given) if name.lower() in IN_A_FORM}
    content = given.pop("content", None)
    if method in {"PUT", "POST"} and content is None:
        raise Invalid("content", "the form lacks what is to be written")
    return Asked(method, given, headers, (content or "").encode(), asked.path, is_form=True)


def _pairs(raw: bytes, where: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(
            raw.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict",
            max_num_fields=MOST_PARAMETERS,
        )  # fmt: skip
    except ValueError:
        raise Invalid(where, "cannot be read: percent-encoded UTF-8 is expected") from None
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Invalid(where, "gives a parameter twice")
    if any("\0" in word for pair in pairs for word in pair):
        raise Invalid(where, "holds a null character")
    return made


def known_methods(handlers: Set[str]) -> str:
    """The header `Allow`."""
    return ", ".join(sorted({*handlers, "OPTIONS", *({"HEAD"} if "GET" in handlers else set())}))
