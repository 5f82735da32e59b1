"""Vectors from an OpenAI-compatible service, and what happens when it fails."""

import logging

import pytest
from django.db import connection

from .. import queries, services
from ..adapters.endpoint import Endpoint
from ..errors import EndpointFailed, EndpointUnset, OtherDimensions, TableMissing
from .endpoints import service
from .factories import KIND, document

pytestmark = pytest.mark.django_db


@pytest.fixture
def prepared(has_pgvector, endpoint) -> None:
    services.prepare("endpoint")


@pytest.fixture
def endpoint(settings):
    with service() as told:
        settings.TEXT_VECTORS = "endpoint"
        settings.EMBEDDINGS_URL, settings.EMBEDDINGS_KEY = told.url, "secret"
        settings.EMBEDDINGS_MODEL = "letters"
        yield told


def closest(title: str) -> list[int]:
    return [close.object_id for close in queries.closest(kind=KIND, scope=1, title=title)]


def test_a_text_finds_what_the_service_says_is_close(prepared, endpoint):
    services.index([document(1, "abba"), document(2, "hedge"), document(3, "abba", scope=2)])
    assert closest("baab")[0] == 1
    assert 3 not in closest("baab")
    assert endpoint.asked[-1] == {"path": "/v1/embeddings", "model": "letters", "input": ["baab"]} | {
        "encoding_format": "float"
    }
    assert set(endpoint.keys) == {"Bearer secret"}


def test_a_text_that_did_not_change_is_not_sent_again(prepared, endpoint):
    services.index([document(1, "abba"), document(2, "hedge")])
    before = len(endpoint.asked)
    services.index([document(1, "abba"), document(2, "cabbage")])
    assert [asked["input"] for asked in endpoint.asked[before:]] == [["cabbage"]]


def test_a_failing_service_leaves_the_words(prepared, endpoint, caplog):
    services.index([document(1, "abba"), document(2, "hedge")])
    endpoint.status = 500
    with caplog.at_level(logging.WARNING):
        assert closest("abba") == [1]
    assert "HTTP 500" in caplog.text


def test_an_indexing_job_says_that_the_service_failed_and_keeps_the_words(prepared, endpoint):
    endpoint.status = 503
    with pytest.raises(EndpointFailed):
        services.index([document(1, "abba")])
    assert closest("abba") == [1]


@pytest.mark.parametrize(
    "body", [b"<html>", b"{}", b'{"data": []}', b'{"data": [{"index": 0, "embedding": ["x"]}]}', b"[1]"]
)
def test_an_answer_that_is_no_vector_is_one_sentence(endpoint, body):
    endpoint.body = body
    with pytest.raises(EndpointFailed) as told:
        Endpoint().query("abba")
    assert "127.0.0.1" in str(told.value)
    assert "\n" not in str(told.value)


def test_nobody_there_is_one_sentence(settings):
    settings.EMBEDDINGS_URL, settings.EMBEDDINGS_MODEL = "http://127.0.0.1:9/v1", "letters"
    with pytest.raises(EndpointFailed, match=r"127\.0\.0\.1:9"):
        Endpoint().query("abba")


def test_the_key_does_not_follow_a_redirect(endpoint):
    with service() as elsewhere:
        endpoint.status, endpoint.location = 307, f"{elsewhere.url}/embeddings"
        with pytest.raises(EndpointFailed, match="HTTP 307"):
            Endpoint().query("abba")
        assert elsewhere.asked == []


@pytest.mark.parametrize("url", ["", "ftp://example.org", "file:///etc/passwd", "example.org/v1"])
def test_an_address_that_is_none_is_said(settings, url):
    settings.EMBEDDINGS_URL, settings.EMBEDDINGS_MODEL = url, "letters"
    with pytest.raises(EndpointUnset, match="PASSEUR_EMBEDDINGS_URL"):
        Endpoint().query("abba")


def test_a_model_of_other_dimensions_asks_for_a_rebuild(prepared, endpoint):
    endpoint.body = b'{"data": [{"index": 0, "embedding": [1.0, 2.0, 2.0]}]}'
    with pytest.raises(OtherDimensions, match="--rebuild"):
        queries.semantic_readiness()
    services.prepare("endpoint", anew=True)
    queries.semantic_readiness()


def test_without_its_table_the_adapter_says_what_to_run(endpoint):
    with pytest.raises(TableMissing, match="passeur index --adapter endpoint"):
        queries.semantic_readiness()


def test_what_is_forgotten_leaves_adapters_that_serve_no_longer(prepared, endpoint, settings):
    services.index([document(1, "abba")])
    settings.TEXT_VECTORS = "lexical"
    services.forget(KIND, [1])
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from recommendations_vectors_endpoint")
        assert cursor.fetchone() == (0,)
