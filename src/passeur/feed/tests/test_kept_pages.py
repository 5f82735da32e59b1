"""A feed that was made is shown again by one question, and made anew when anything it read has changed."""

from __future__ import annotations

import pytest
from django.utils import timezone

from passeur.conversations import services as conversations
from passeur.conversations.choices import Kind
from passeur.foundation import rereading

from .factories import Home

FEED = "/feed/"


@pytest.fixture
def read(karim, home: Home):
    rereading.forget()
    return lambda: karim.get(FEED, {"view": "all"}).content.decode()


def titled(conversation, title: str) -> None:
    type(conversation).objects.filter(pk=conversation.pk).update(title=title)


def test_the_second_time_asks_little(home, read, django_assert_max_num_queries) -> None:
    titled(home.told(home.theme(), kind=Kind.EXPERIENCE), "Le tapis glisse")
    first = read()
    assert "Le tapis glisse" in first
    with django_assert_max_num_queries(8):
        assert "Le tapis glisse" in read()


def test_what_comes_changes_or_may_no_longer_be_read_is_seen_at_once(home, read) -> None:
    told = home.told(home.theme(), kind=Kind.EXPERIENCE)
    titled(told, "Le tapis glisse")
    assert "Le tapis glisse" in read()
    titled(home.told(home.theme("Inventaire"), kind=Kind.EXPERIENCE), "Le capteur saute")
    assert "Le capteur saute" in read()
    titled(told, "Le tapis bloque")
    page = read()
    assert "Le tapis bloque" in page
    assert "Le tapis glisse" not in page
    type(told.community).objects.filter(pk=told.community_id).update(entry="invitation")
    home.karim.memberships.update(left_at=timezone.now())
    assert "Le tapis bloque" not in read()


def test_no_mark_is_left_where_the_token_and_the_moment_stand(home, read) -> None:
    home.told(home.theme(), kind=Kind.EXPERIENCE)
    for page in (read(), read()):
        assert 'name="csrfmiddlewaretoken"' in page
        assert 'value="mark-' not in page


def test_an_experience_or_an_answer_that_no_longer_holds_is_marked_until_it_does_again(home, read) -> None:
    told = home.told(home.theme(), kind=Kind.EXPERIENCE)
    home.answered(solved := home.told(by=home.other("Jade Lambert")), accepted=True)
    assert "Signalé comme dépassé" not in read()
    for counted, one in enumerate((told, solved), start=1):
        conversations.say_it_no_longer_holds(conversation=one, reason="L’écran a changé.", by=home.karim)
        assert read().count("Signalé comme dépassé") == counted
    conversations.say_it_holds(conversation=solved, by=solved.author)
    assert read().count("Signalé comme dépassé") == 1
