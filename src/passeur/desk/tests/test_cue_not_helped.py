import datetime as dt

import pytest

from passeur.communities.tests.factories import CommunityFactory
from passeur.conversations import services as conversations
from passeur.conversations.choices import Part
from passeur.expertise.tests.factories import ExchangeFactory, ShareFactory

from ..choices import Horizon
from .factories import Place

pytestmark = pytest.mark.django_db
RULE = "not-helped"


@pytest.fixture
def karim(place):
    return place.member("Karim Haddad")


@pytest.fixture
def mei(place):
    return place.member("Mei Tran")


def unhelped(place, karim, mei, *, hours):
    """Answered, and the asker wrote again so many hours ago."""
    asked = place.asked(karim, hours=hours + 20)
    place.wrote(asked, mei, hours=hours + 10)
    place.wrote(asked, karim, hours=hours, part=Part.REPLY)
    return asked


def commented(place, karim, mei, *, hours):
    """Somebody asked back, the asker said, nobody answered."""
    asked = place.asked(karim, hours=hours + 20)
    opening = asked.contributions.get()
    place.wrote(asked, mei, hours=hours + 10, part=Part.COMMENT, parent=opening)
    place.wrote(asked, karim, hours=hours, part=Part.COMMENT, parent=opening)
    return asked


def test_an_asker_who_wrote_again_is_found_after_half_a_day(place, karim, mei):
    asked = unhelped(place, karim, mei, hours=12 + 1 / 60)
    cue = place.cue(RULE)
    assert (cue.conversation, cue.waiting, cue.horizon) == (asked, karim.pk, Horizon.TODAY)
    assert "<b>Karim Haddad</b> a réécrit il y a 12\xa0h" in cue.why
    assert "la réponse reçue n’a pas suffi" in cue.why


def test_who_answered_gets_half_a_day_to_come_back(place, karim, mei):
    unhelped(place, karim, mei, hours=12 - 1 / 60)
    assert place.cues(RULE) == []


def test_a_comment_that_the_asker_answered_is_found_past_the_goal(place, karim, mei):
    asked = commented(place, karim, mei, hours=24 + 1 / 60)
    cue = place.cue(RULE)
    assert (cue.conversation, cue.waiting) == (asked, karim.pk)
    assert "on a commenté sa question, personne n’y a encore répondu" in cue.why
    assert "n’a pas suffi" not in cue.why


def test_not_before_the_goal(place, karim, mei):
    commented(place, karim, mei, hours=24 - 1 / 60)
    assert place.cues(RULE) == []


def test_quiet_hours_stop_that_clock(karim):
    # A goal of 4 hours, quiet from 19 h to 8 h: the asker wrote at 18 h in Paris, due at 11 h.
    place = Place(
        CommunityFactory.create(first_reply_goal=4), now=dt.datetime(2026, 11, 24, 17, 0, tzinfo=dt.UTC)
    )
    commented(place, place.member("Ada"), place.member("Mei"), hours=0)
    due = dt.datetime(2026, 11, 25, 10, 0, tzinfo=dt.UTC)
    assert place.cues(RULE, now=due) == []
    assert len(place.cues(RULE, now=due + dt.timedelta(seconds=1))) == 1


def test_a_comment_that_the_asker_has_not_answered_is_theirs_to_answer(place, karim, mei):
    asked = place.asked(karim, hours=90)
    place.wrote(asked, mei, hours=80, part=Part.COMMENT, parent=asked.contributions.get())
    assert place.cues(RULE) == []


@pytest.mark.parametrize("happened", [unhelped, commented])
def test_it_goes_as_soon_as_somebody_answers(place, karim, mei, happened):
    asked = happened(place, karim, mei, hours=30)
    assert len(place.cues(RULE)) == 1
    conversations.contribute(conversation=asked, body="Essayez ceci.", by=mei)
    assert place.cues(RULE) == []


def test_it_goes_as_soon_as_an_answer_is_accepted(place, karim, mei):
    asked = unhelped(place, karim, mei, hours=30)
    given = asked.contributions.get(part=Part.ANSWER)
    conversations.accept_answer(answer=given, question=asked, by=karim)
    assert place.cues(RULE) == []


def test_an_answer_that_was_taken_back_leaves_a_question_that_waits(place, karim, mei):
    asked = unhelped(place, karim, mei, hours=30)
    conversations.delete(contribution=asked.contributions.get(part=Part.ANSWER), by=place.manager)
    assert place.cues(RULE) == []
    assert len(place.cues("waiting-question")) == 1


def test_another_person_is_suggested_never_the_one_who_answered(place, karim, mei):
    asked = unhelped(place, karim, mei, hours=30)
    ShareFactory.create(exchange=ExchangeFactory.create(conversation=asked), person=mei)
    paul = place.member("Paul Girod")
    place.knows(asked, mei, paul)
    cue = place.cue(RULE)
    assert (cue.moves[0].name, cue.moves[0].person) == ("refer", paul)
    assert "<b>Paul Girod</b> a répondu dans 7 échanges" in cue.why


def test_after_a_month_it_stands_in_the_week(place, karim, mei):
    unhelped(place, karim, mei, hours=30 * 24 - 1)
    assert place.cue(RULE).horizon == Horizon.TODAY
    assert place.cues(RULE, now=place.now + dt.timedelta(hours=2))[0].horizon == Horizon.WEEK


def test_each_time_the_asker_writes_is_a_cue_of_its_own(place, karim, mei):
    asked = unhelped(place, karim, mei, hours=30)
    before = place.cue(RULE).key
    place.wrote(asked, mei, hours=29)
    place.wrote(asked, karim, hours=28, part=Part.REPLY)
    assert place.cue(RULE).key != before
