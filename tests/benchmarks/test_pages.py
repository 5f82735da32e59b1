"""What the benchmark of pages asks for is there: each page answers, and each floor reads its rows."""

import datetime as dt
import json
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from passeur.accounts.models import Member
from passeur.conversations.models import Conversation
from passeur.conversations.services import indexing
from passeur.integrations import synthesis

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture
def asked(db, monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    sizes = synthesis.Sizes(members=60, conversations=40, contributions=260, seed=3)
    synthesis.synthesize(sizes, until=dt.date(2026, 3, 2), progress=lambda what, share: None)
    indexing.index()
    import pages_of

    yield pages_of.chosen()["pages"]
    for name in ("pages_of", "floors"):
        sys.modules.pop(name, None)


def test_each_page_answers_to_who_is_signed_in(asked):
    for name, page in asked.items():
        client = Client()
        client.cookies["sessionid"] = page["cookie"]
        answers = {
            path: client.get(path, headers={"host": "127.0.0.1"}).status_code for path in page["paths"]
        }
        assert set(answers.values()) == {200}, name


def test_each_floor_reads_what_its_page_shows(asked):
    import floors

    reader = Member.objects.order_by("pk")[0]
    question = Conversation.objects.filter(kind="question", answer_count__gte=1)[0]
    found = {}
    for name, statement in floors.STATEMENTS.items():
        with connection.connection.cursor() as cursor:
            cursor.execute(statement, floors.values(reader.pk, question.community_id, question.pk))
            found[name] = json.loads(cursor.fetchone()[0] or "[]")
    assert sum(tab["n"] for tab in found["list"]["tabs"]) == question.community.conversations.count()
    assert len(found["everywhere"]["rows"]) == 26
    assert found["question"]["question"]["title"] == question.title
    assert len(found["question"]["contributions"]) == question.contributions.count()
