import datetime as dt

import pytest

from passeur.conversations import services as conversations

from ..choices import Horizon

pytestmark = pytest.mark.django_db
RULE = "not-accepted"


@pytest.fixture
def karim(place):
    return place.member("Karim Haddad")


@pytest.fixture
def mei(place):
    return place.member("Mei Tran")


def test_an_answer_without_a_word_from_the_asker_is_found_after_three_days(place, karim, mei):
    asked = place.asked(karim, hours=80)
    given = place.wrote(asked, mei, hours=72 + 1 / 60)
    cue = place.cue(RULE)
    assert (cue.conversation, cue.since, cue.horizon) == (asked, given.created_at, Horizon.WEEK)
    assert cue.waiting is None
    assert "<b>Mei Tran</b> a répondu il y a 3 jours" in cue.why
    assert "<b>Karim Haddad</b> n’a pas dit si cela suffit" in cue.why


def test_not_one_step_before(place, karim, mei):
    place.wrote(place.asked(karim, hours=80), mei, hours=72 - 1 / 60)
    assert place.cues(RULE) == []


def test_after_two_months_nobody_is_asked_any_more(place, karim, mei):
    place.wrote(place.asked(karim, hours=1500), mei, hours=60 * 24 - 1)
    assert len(place.cues(RULE)) == 1
    assert place.cues(RULE, now=place.now + dt.timedelta(hours=2)) == []


def test_the_asker_is_asked_never_the_person_who_answered(place, karim, mei):
    place.wrote(place.asked(karim, hours=99), mei, hours=90)
    asking, other = place.cue(RULE).moves
    assert (asking.name, asking.person) == ("ask_author", karim)
    assert "Mei Tran a répondu à votre question" in asking.draft
    assert (other.name, other.person) == ("refer", None)


def test_an_asker_without_account_cannot_be_asked(place, mei):
    place.wrote(place.asked(place.imported("hopper7"), hours=99), mei, hours=90)
    assert [move.name for move in place.cue(RULE).moves] == ["refer"]


def test_a_manager_who_asked_reads_the_answer_themself(place, mei):
    place.wrote(place.asked(place.manager, hours=99), mei, hours=90)
    first = place.cue(RULE).moves[0]
    assert first.name == "judge"
    assert first.url


def test_it_goes_as_soon_as_the_answer_is_accepted(place, karim, mei):
    asked = place.asked(karim, hours=99)
    given = place.wrote(asked, mei, hours=90)
    conversations.accept_answer(answer=given, question=asked, by=karim)
    assert place.cues(RULE) == []


def test_it_becomes_not_helped_as_soon_as_the_asker_writes(place, karim, mei):
    asked = place.asked(karim, hours=99)
    place.wrote(asked, mei, hours=90)
    place.wrote(asked, karim, hours=20, part="reply")
    assert place.cues(RULE) == []
    assert len(place.cues("not-helped")) == 1


@pytest.mark.parametrize("who", ["the asker", "a machine", "somebody who took it back"])
def test_what_is_no_answer_does_not_count(place, karim, mei, who):
    asked = place.asked(karim, hours=99)
    if who == "the asker":
        place.wrote(asked, karim, hours=90)
    elif who == "a machine":
        place.wrote(asked, place.machine(), hours=90)
    else:
        place.wrote(asked, mei, hours=90, deleted_at=place.ago(hours=89))
    assert place.cues(RULE) == []


def test_an_answer_of_a_machine_is_not_told_as_the_last(place, karim, mei):
    asked = place.asked(karim, hours=110)
    place.wrote(asked, mei, hours=100)
    place.wrote(asked, place.machine(), hours=90)
    assert "<b>Mei Tran</b> a répondu" in place.cue(RULE).why
