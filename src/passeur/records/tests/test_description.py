"""What /xapi/ is said to be (docs/reference/xapi.openapi.yaml) is what it is, whatever it is asked."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest
import schemathesis
import yaml
from django.conf import settings as site
from django.core.wsgi import get_wsgi_application
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks as openapi

from .factories import SECRET, ClientFactory, said
from .programs import Program
from .refusals import kept

pytestmark = pytest.mark.django_db
PATH = site.BASE_DIR.parent.parent / "docs" / "reference" / "xapi.openapi.yaml"
CHECKS = [
    schemathesis.checks.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_headers_conformance,
    openapi.response_schema_conformance,
    openapi.missing_required_header,
    openapi.allow_header_conformance,
]


def _described() -> Any:
    schema = schemathesis.openapi.from_dict(yaml.safe_load(PATH.read_text()))
    schema.app = get_wsgi_application()
    return schema


SCHEMA = _described()
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)]


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch):
    """The end of a request would close the connection, and with it the transaction of the test."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)


def basic(key: str, secret: str) -> str:
    return f"Basic {b64encode(f'{key}:{secret}'.encode()).decode()}"


def rounds(times: int) -> Any:
    return settings(
        max_examples=times,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def asked(case: Any, authorization: str | None) -> Any:
    given_headers = dict(case.headers)
    if authorization is not None:
        given_headers["Authorization"] = authorization
    case.headers = given_headers
    return case.call(headers={"Host": "localhost", "Accept-Encoding": "identity"})


@pytest.mark.parametrize(
    "mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["as_said", "otherwise"]
)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_answers_are_as_they_are_said_to_be(operation, mode):
    if mode is GenerationMode.NEGATIVE and operation.label == "GET /about":
        pytest.skip("it takes nothing that could be wrong")
    client = ClientFactory.create(per_minute=10**6)
    statuses = []

    @rounds(9 if "statements" in operation.label else 5)
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case):
        response = asked(case, basic(client.key, SECRET))
        statuses.append(response.status_code)
        case.validate_response(response, checks=CHECKS)

    ask()
    assert 401 not in statuses
    if mode is GenerationMode.POSITIVE:
        assert set(statuses) & {200, 204, 404, 412}, "nothing of what it was asked was in order"


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_nobody_is_let_in_without_the_right_credentials(operation):
    client = ClientFactory.create(per_minute=10**6)
    tried = [
        None,
        basic(client.key, SECRET + "x"),
        basic(client.key, ""),
        basic("", SECRET),
        basic(SECRET, client.key),
        "Basic",
        f"Bearer {SECRET}",
        basic(client.key, SECRET)[:-4],
        basic(f"{client.key}%", SECRET),
    ]
    before = kept()

    @rounds(2)
    @given(operation.as_strategy())
    def ask(case):
        for authorization in tried:
            case.headers = {name: value for name, value in case.headers.items() if name != "Authorization"}
            response = asked(case, authorization)
            assert response.status_code == (200 if operation.label == "GET /about" else 401)

    ask()
    assert kept() == before


def test_all_that_answers_is_described():
    """Each address of the store, and each of its methods."""
    from ..urls import urlpatterns

    routes = {str(one.pattern) for one in urlpatterns if str(one.pattern).startswith("xapi/")}
    said_paths = SCHEMA.raw_schema["paths"]
    assert {f"xapi{path}" for path in said_paths} == routes
    program = Program()
    for path, methods in said_paths.items():
        allowed = program.ask("OPTIONS", f"/xapi{path}").headers["Allow"].split(", ")
        assert {name.upper() for name in methods if name != "parameters"} == set(allowed) - {
            "HEAD",
            "OPTIONS",
        }


def test_a_page_of_everything_a_statement_may_have_is_as_it_is_said_to_be():
    program = Program()
    reference = {"objectType": "StatementRef", "id": "5b1f6a0e-3c1d-4a53-9f1e-1d1c7a3c8f12"}
    program.post([said(), said(object=reference), said(context={"language": "fr", "statement": reference})])
    operation = SCHEMA["/statements"]["GET"]
    for form in ("exact", "ids", "canonical"):
        case = operation.Case(query={"format": form}, headers={"X-Experience-API-Version": "2.0.0"})
        response = asked(case, basic(program.client.key, SECRET))
        assert len(response.json()["statements"]) == 3
        case.validate_response(response, checks=CHECKS)
