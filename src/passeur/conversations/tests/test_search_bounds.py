"""What usual words find: all is counted, the most promising are weighed, and the index is what finds them."""

from __future__ import annotations

import pytest
from django.db import connection

from passeur.accounts.tests.factories import MemberFactory

from ..queries.search import parse, ranking
from ..queries.search.candidates import standing_in
from .factories import at
from .searches import asked, found, open_community

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return open_community()


def test_of_more_than_are_weighed_those_with_the_words_in_their_title_are(monkeypatch, community) -> None:
    monkeypatch.setattr(ranking, "WEIGHED", 2)
    member = MemberFactory.create()
    asked("Capteurs réglés du convoyeur", "Voilà.", community=community, created_at=at(0))
    for n in range(4):
        asked(f"Panne {n}", "Le capteur, à régler.", community=community, created_at=at(10 + n))
    assert set(found(member, "capteur régler")) == {"Capteurs réglés du convoyeur", "Panne 3"}


def test_of_more_than_are_looked_at_those_that_lived_last_are(monkeypatch, community) -> None:
    monkeypatch.setattr(ranking, "LOOKED_AT", 2)
    member = MemberFactory.create()
    for n in range(4):
        asked(f"Capteur {n}", community=community, created_at=at(10 * n))
    assert set(found(member, "capteur")) == {"Capteur 2", "Capteur 3"}


def test_all_that_match_are_counted(monkeypatch, community) -> None:
    monkeypatch.setattr(ranking, "WEIGHED", 1)
    for n in range(3):
        asked(f"Capteur {n}", community=community)
    query = parse("capteur")
    counted = ranking.ranked(standing_in([community.pk], query), query, most=1)
    assert (len(counted.ids), counted.total, counted.where is None) == (1, 3, True)


def test_the_planner_is_not_told_how_usual_the_words_are(community) -> None:
    """Told, it reads and unpacks every document of the table, for words that many of them hold."""
    for n in range(30):
        asked(f"Capteur {n}", community=community)
    question = standing_in([community.pk], parse("capteur")).asked(None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE conversations_searchdocument")
        cursor.execute(f"EXPLAIN {question.sql}", question.given)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "InitPlan" in plan
    assert "words @@ '" not in plan
