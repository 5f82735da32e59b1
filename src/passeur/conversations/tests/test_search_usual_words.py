"""Of words that stand nearly everywhere the latest conversations are looked at, and the page says so."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import CommunityFactory

from ..choices import Kind
from ..models import Conversation, SearchDocument
from ..models.search import SPAN, spans, week_of
from ..queries.search import candidates, parse, ranking, search
from ..queries.search.candidates import among, standing_in
from ..services import indexing
from .factories import at
from .searches import asked, found, open_community, titles_of

pytestmark = pytest.mark.django_db
WEEK = 7 * 24


@pytest.fixture
def community():
    return open_community()


@pytest.fixture
def member():
    return MemberFactory.create()


@pytest.fixture
def usual(monkeypatch):
    """Any word that the last whole week holds is usual; the latest three weeks or so are enough."""
    monkeypatch.setattr(candidates, "MANY", 0)
    monkeypatch.setattr(candidates, "ENOUGH", 3)
    monkeypatch.setattr(candidates, "MANY_TITLES", 0)
    monkeypatch.setattr(candidates, "ENOUGH_TITLES", 3)


def one_a_week(community, weeks: int, **fields: Any) -> list[Conversation]:
    return [
        asked(f"Capteur {n}", community=community, created_at=at(WEEK * n), **fields) for n in range(weeks)
    ]


@pytest.mark.parametrize("first", range(1, 2 * SPAN + 1))
@pytest.mark.parametrize("weeks", range(1, 4 * SPAN))
def test_spans_are_those_weeks_and_no_others(first, weeks) -> None:
    wanted = set(spans(first, first + weeks - 1))
    for week in range(1, 8 * SPAN):
        assert bool(wanted & {week, -(week // SPAN)}) == (first <= week < first + weeks)
    assert 0 not in wanted
    assert len(wanted) <= 2 * SPAN + weeks // SPAN


def test_the_latest_are_looked_at_and_there_are_more(usual, member, community) -> None:
    one_a_week(community, 12)
    page = search(member, "capteur")
    assert set(titles_of(page)) == {"Capteur 8", "Capteur 9", "Capteur 10", "Capteur 11"}
    assert (page.more_than is not None, page.total) == (True, 4)


def test_words_of_few_conversations_are_looked_for_in_all_as_before(member, community) -> None:
    for n, conversation in enumerate(one_a_week(community, 12)):
        asked(f"Panne {n}", "Le capteur.", community=community, created_at=conversation.created_at)
    query = parse("capteur")
    found = standing_in([community.pk], query)
    page = search(member, "capteur", size=24)
    everything = ranking.ranked_within(None, found, query, 24)
    assert list(page.ids) == everything.ids
    assert (page.total, page.more_than) == (24, None)


def test_weeks_that_hold_far_less_than_expected_are_not_enough(usual, monkeypatch, member, community) -> None:
    monkeypatch.setattr(candidates, "ENOUGH", 8)
    for n in range(4):
        asked(f"Capteur {n}", community=community, created_at=at(n))
    for n in range(4, 7):
        asked(f"Capteur {n}", community=community, created_at=at(WEEK * 30 + n))
    asked("Panne", community=community, created_at=at(WEEK * 31))
    page = search(member, "capteur")
    assert (page.total, page.more_than) == (7, None)


def test_a_document_without_a_week_is_always_looked_at(usual, member, community) -> None:
    """A version before wrote it."""
    oldest, *_rest = one_a_week(community, 12)
    SearchDocument.objects.filter(pk=oldest.pk).update(week=candidates.UNKNOWN)
    assert "Capteur 0" in found(member, "capteur")


def test_the_week_follows_the_last_activity(community) -> None:
    conversation = asked("Capteur", community=community, created_at=at(0))
    assert conversation.document.week == week_of(conversation.last_activity_at)
    later = conversation.last_activity_at + dt.timedelta(days=30)
    Conversation.objects.filter(pk=conversation.pk).update(last_activity_at=later)
    indexing.index([conversation.pk])
    assert SearchDocument.objects.get(pk=conversation.pk).week == week_of(later)


def test_what_cannot_be_read_is_neither_found_nor_counted_among_the_latest(usual, member, community) -> None:
    one_a_week(CommunityFactory.create(entry="invitation"), 12)
    one_a_week(community, 12)
    page = search(member, "capteur", size=30)
    assert {hit.conversation.place for hit in page.hits} == {community.name}
    assert (page.more_than is not None, page.total) == (True, 4)


def test_filters_say_what_is_usual_among_what_they_leave(usual, member, community) -> None:
    """A kind that is rare is looked for in all, however usual the words are elsewhere."""
    one_a_week(community, 12)
    told = asked("Capteur du début", community=community, created_at=at(5), kind=Kind.EXPERIENCE)
    Conversation.objects.filter(pk=told.pk).update(state="open")
    assert found(member, "capteur", kind=Kind.EXPERIENCE) == ["Capteur du début"]
    page = search(member, "capteur")
    assert page.more_than is not None


@pytest.fixture
def titled(usual, monkeypatch, community):
    """The word is in the text of one each week, and in the title of the oldest: few titles have it."""
    monkeypatch.setattr(candidates, "MANY_TITLES", 2_000)
    for n in range(12):
        asked(f"Panne {n}", "Le capteur.", community=community, created_at=at(WEEK * n))
    return asked("Capteur du début", "La sonde rouge.", community=community, created_at=at(1))


def test_a_title_with_all_of_the_words_is_found_at_any_age(titled, member) -> None:
    page = search(member, "capteur")
    assert titles_of(page)[0] == "Capteur du début"
    assert (page.total, page.more_than is None, page.has_all_titles) == (5, False, True)


def test_with_an_excluded_word_only_the_weeks_count(titled, member) -> None:
    """It may stand in any text below the title."""
    for text in ("capteur -rouge", "capteur -verte"):
        page = search(member, text)
        assert set(titles_of(page)) == {f"Panne {n}" for n in range(8, 12)}
        assert not page.has_all_titles


def test_a_title_that_cannot_be_read_is_not_found(titled, member) -> None:
    private = CommunityFactory.create(entry="invitation")
    asked("Capteur secret", community=private, created_at=at(2))
    assert "Capteur secret" not in found(member, "capteur")


@pytest.mark.parametrize("titles", [None, 9])
def test_only_documents_of_these_weeks_and_titles_are_fetched(usual, community, titles) -> None:
    one_a_week(community, 24)
    for n in range(24):
        asked(f"Panne {n}", "Le capteur.", community=community, created_at=at(WEEK * n))
    weeks = spans(*_weeks_of(community, last=3))
    where = candidates.Lately(weeks, None if titles is None else spans(*_weeks_of(community, last=titles)))
    question = standing_in([community.pk], parse("capteur")).asked(where)
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {question.sql}", question.given)
        (plan,) = cursor.fetchone()
    nodes = _nodes(_read(plan)[0]["Plan"])
    assert {node.get("Index Name") for node in nodes} >= {"search_weeks", "search_titles"}
    fetched = [node for node in nodes if node.get("Relation Name") == "conversations_searchdocument"]
    assert [node["Actual Rows"] for node in fetched] == [27 if titles is None else 12]
    assert not any(node.get("Rows Removed by Filter") for node in fetched)


@pytest.mark.parametrize("where", [None, candidates.Lately([0], [0]), candidates.Lately([0], None)])
def test_documents_are_read_once_whatever_the_planner_expects(community, where) -> None:
    for conversation in one_a_week(community, 12):
        Conversation.objects.filter(pk=conversation.pk).update(state="open")
    SearchDocument.objects.update(week=0)
    query = parse("capteur")
    rows = Conversation.objects.filter(community=community, state="open", kind="question")
    question = ranking.weighed(among(rows, query).asked(where), query, 5)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {question.sql}", question.given)
        (plan,) = cursor.fetchone()
    nodes = _nodes(_read(plan)[0]["Plan"])
    reading = [node for node in nodes if node.get("Relation Name") == "conversations_searchdocument"]
    assert len(reading) == 2
    assert {node["Actual Loops"] for node in reading} == {1}
    assert sum(node["Actual Rows"] for node in reading) == 24


@pytest.mark.parametrize(
    ("titles", "words"),
    [
        (0, "cherchés parmi les échanges les plus récents : ajoutez un mot pour chercher dans tous"),
        (2_000, "cherchés dans tous les titres et parmi les échanges les plus récents : ajoutez un mot"),
    ],
)
def test_the_page_says_what_was_looked_at(
    usual, monkeypatch, client, member, community, titles, words
) -> None:
    monkeypatch.setattr(candidates, "ENOUGH", 44)
    monkeypatch.setattr(candidates, "MANY_TITLES", titles)
    monkeypatch.setattr("passeur.conversations.queries.search.searching.ROUND", 10)
    for n in range(30):
        asked(f"Panne {n}", "Le capteur.", community=community, created_at=at(WEEK * n))
    one_a_week(community, 1)
    asked("Capteur", community=community, created_at=at(WEEK * 28))
    client.force_login(member)
    page = client.get(reverse("conversations:search"), {"q": "capteur"}).content.decode()
    text = page.replace("\u202f", " ").replace("\xa0", " ")
    assert "plus de 20 échanges" in text
    assert words in text
    assert "1 à 20 sur plus de 20" in text


def _weeks_of(community, *, last: int) -> tuple[int, int]:
    latest = community.conversations.order_by("-last_activity_at")[0].last_activity_at
    return week_of(latest) - last + 1, week_of(latest)


def _read(plan: Any) -> Any:
    return json.loads(plan) if isinstance(plan, str) else plan


def _nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for one in plan.get("Plans", []) for node in _nodes(one))]
