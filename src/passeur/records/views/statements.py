"""The resource of statements (1.0.3, Communication 2.1; 2.0, 4.1.6.1)."""

from __future__ import annotations

import json
from dataclasses import replace
from secrets import token_hex
from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import http_date

from passeur.algorithms.xapi import Invalid, multipart, rules, telling
from passeur.algorithms.xapi.keys import key_of, key_of_agent
from passeur.algorithms.xapi.prepared import attachments_of

from ..choices import Scope
from ..errors import Absent, NotAllowed
from ..queries import statements as queries
from ..queries import things
from ..queries.statements import Filter, Row
from ..services import consulting, recording
from .asked import Asked
from .gate import json_answer, resource
from .incoming import statements_of

THROUGH = "X-Experience-API-Consistent-Through"
SALT = "passeur.records.more"
_ONE = ("statementId", "voidedStatementId")
_TOLD = ("format", "attachments")
_FILTER = (
    "agent", "verb", "activity", "registration", "related_activities", "related_agents", "since", "until",
    "limit", "ascending",
)  # fmt: skip
LARGEST = queries.LARGEST  # of statements and the contents that are told with them
FORMATS = ("exact", "ids", "canonical")


def put(asked: Asked) -> HttpResponse:
    """One statement under the id that the address says."""
    _may_write(asked)
    asked.only("statementId")
    asked.required("statementId")
    named = asked.uuid("statementId")
    made, contents, is_array = statements_of(asked, id=named)
    if is_array or made[0].id != named:
        raise Invalid("statementId", "expected one statement, without an id or with this one")
    _record(asked, made, contents)
    return HttpResponse(status=204)


def post(asked: Asked) -> HttpResponse:
    """One statement or many; gives their ids."""
    _may_write(asked)
    asked.only()
    made, contents, _ = statements_of(asked)
    _record(asked, made, contents)
    return json_answer(json.dumps([one.id for one in made]))


def _may_write(asked: Asked) -> None:
    if not asked.client.may(Scope.WRITE):
        raise NotAllowed("This client may not write statements.")


def _record(asked: Asked, made: Any, contents: dict[str, bytes]) -> None:
    recording.record(
        made, authority=asked.client.authority_key, contents=contents, defines=asked.client.may(Scope.DEFINE)
    )


def _through(asked: Asked) -> dict[str, str]:
    """Up to when what was read is complete. Refusals have it too (2.1.3.s2.b5)."""
    return {THROUGH: rules.written(asked.through or queries.consistent_through())}


def get(asked: Asked) -> HttpResponse:
    """One statement by its id, or a page of those that a filter lets through."""
    client = asked.client
    mine = None
    if not client.may(Scope.READ, Scope.ALL_READ):
        if not client.may(Scope.READ_MINE):
            raise NotAllowed("This client may not read statements.")
        mine = client.authority_key
    if "more" in asked.parameters:
        asked.only("more")
        asked.parameters = _continued(asked.parameters["more"])
    asked.only(*_ONE, *_TOLD, *_FILTER, "after")
    form = asked.parameters.get("format", "exact")
    if form not in FORMATS:
        raise Invalid("format", f"expected {', '.join(FORMATS)}")
    asked.truth("attachments")
    if not any(name in asked.parameters for name in _ONE):
        answer = _page(asked, form, mine)
        _log(asked, mine, asked.agent())
        return answer
    if len([name for name in asked.parameters if name not in _TOLD]) > 1:
        raise Invalid("statementId", "goes only with format and attachments")
    name = next(name for name in _ONE if name in asked.parameters)
    asked.through, row = queries.one(
        str(asked.uuid(name)), voided=name == "voidedStatementId", authority=mine, client=asked.remembered
    )
    if row is None:
        raise Absent("There is no such statement.")
    _log(asked, mine, json.loads(row[1])["actor"])
    told = _told([row], asked, form)[0]
    headers = {"Last-Modified": http_date(row[0].timestamp())}
    return _answer(asked, told, [row], headers)


def _log(asked: Asked, mine: Any, agent: Any) -> None:
    """A program that reads what others wrote is shown to whom it is about; what it wrote itself, it knows."""
    if mine is None:
        consulting.read_by_program(asked.client, None if agent is None else key_of_agent(agent))


def _page(asked: Asked, form: str, mine: Any) -> HttpResponse:
    page = queries.page(replace(_filter(asked), authority=mine), client=asked.remembered)
    asked.through = page.through
    rows = _fitting(page.rows) if asked.truth("attachments") else page.rows
    has_more = page.has_more or len(rows) < len(page.rows)
    more = _more(asked, rows[-1], rules.written(page.through)) if has_more else ""
    told = ",".join(_told(rows, asked, form))
    body = f'{{"statements":[{told}],"more":{json.dumps(more)}}}'
    headers = {}
    if rows:
        headers["Last-Modified"] = http_date(max(stored for stored, _ in rows).timestamp())
    return _answer(asked, body, rows, headers)


def _fitting(rows: list[Row]) -> list[Row]:
    """As many as one answer holds with their attachments, one at least; the others are on the next page."""
    hashes = [[one["sha2"].lower() for one in attachments_of(json.loads(body))] for _, body in rows]
    sizes = things.sizes({sha2 for given in hashes for sha2 in given}) if any(hashes) else {}
    total = 0
    for number, (_, body) in enumerate(rows):
        # A content that others of the page have too is told once.
        total += len(body) + sum(sizes.pop(sha2, 0) for sha2 in hashes[number])
        if number and total > LARGEST:
            return rows[:number]
    return rows


def _filter(asked: Asked) -> Filter:
    agent = asked.agent()
    verb, activity = asked.iri("verb"), asked.iri("activity")
    registration = asked.uuid("registration")
    limit = asked.parameters.get("limit", "0")
    if not (limit.isascii() and limit.isdigit() and len(limit) < 10):
        raise Invalid("limit", "expected a whole number, 0 for as many as are given at once")
    return Filter(
        agent=None if agent is None else key_of_agent(agent),
        verb=None if verb is None else key_of(verb),
        activity=None if activity is None else key_of(activity),
        registration=registration,  # type: ignore[arg-type]
        related_agents=asked.truth("related_agents"),
        related_activities=asked.truth("related_activities"),
        since=asked.moment("since"),
        until=asked.moment("until"),
        after=asked.moment("after"),
        ascending=asked.truth("ascending"),
        limit=int(limit),
    )


def _more(asked: Asked, last: Row, through: str) -> str:
    """The address of the next page: the same question, going on after the last statement of this one.

    The list ends where it ended when its first page was asked for, whatever is written meanwhile.
    """
    until = {} if "until" in asked.parameters else {"until": through}
    state = {**asked.parameters, **until, "after": rules.written(last[0])}
    return f"{reverse('records:statements')}?more={signing.dumps(state, salt=SALT, compress=True)}"


def _continued(token: str) -> dict[str, str]:
    try:
        state: dict[str, str] = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise Invalid("more", "is not an address that this store gave") from None
    return state


def _told(rows: list[Row], asked: Asked, form: str) -> list[str]:
    if form == "exact":
        return [body for _, body in rows]
    read = [json.loads(body) for _, body in rows]
    if form == "ids":
        return [json.dumps(telling.ids_only(one), ensure_ascii=False) for one in read]
    wanted = telling.languages(asked.header("accept-language"))
    known = things.definitions({key_of(iri) for one in read for iri in _activities(one)})
    return [
        json.dumps(
            telling.canonical(one, wanted, lambda activity: known.get(key_of(activity["id"]))),
            ensure_ascii=False,
        )
        for one in read
    ]


def _activities(statement: Any) -> set[str]:
    found: set[str] = set()
    telling.canonical(statement, [], lambda activity: found.add(activity["id"]))
    return found


def _answer(asked: Asked, body: str, rows: list[Row], headers: dict[str, str]) -> HttpResponse:
    if not asked.truth("attachments"):
        return json_answer(body, headers)
    given = {one["sha2"].lower(): one for _, text in rows for one in attachments_of(json.loads(text))}
    parts = [multipart.Part({"Content-Type": "application/json"}, body.encode())]
    for sha2, content in things.contents(given).items():
        told = {
            "Content-Type": given[sha2]["contentType"],
            "Content-Transfer-Encoding": "binary",
            "X-Experience-API-Hash": given[sha2]["sha2"],
        }
        parts.append(multipart.Part(told, content))
    boundary = f"part-{token_hex(16)}"
    response = HttpResponse(multipart.written(parts, boundary), headers=headers)
    response.headers["Content-Type"] = f"multipart/mixed; boundary={boundary}"
    return response


statements = resource(_through, confirms=True, GET=get, PUT=put, POST=post)
