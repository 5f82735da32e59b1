import datetime as dt

import pytest

from passeur.communities.tests.factories import CommunityFactory
from passeur.conversations import services as conversations
from passeur.conversations.choices import ClosedReason, Kind, Part
from passeur.expertise.tests.factories import ReferralFactory

from ..choices import Horizon
from .factories import Place

pytestmark = pytest.mark.django_db
RULE = "waiting-question"


@pytest.fixture
def karim(place):
    return place.member("Karim Haddad")


def test_a_question_past_the_goal_is_found(place, karim):
    asked = place.asked(karim, hours=26)
    cue = place.cue(RULE)
    assert (cue.conversation, cue.since, cue.title) == (asked, asked.created_at, asked.title)
    assert "<b>Karim Haddad</b> l’a posée il y a 26\xa0h" in cue.why
    assert "L’objectif de la communauté est de 24\xa0h" in cue.why
    assert cue.waiting == karim.pk
    assert cue.horizon == Horizon.TODAY


def test_a_question_within_the_goal_is_not(place, karim):
    place.asked(karim, hours=24 - 1 / 60)
    assert place.cues(RULE) == []


def test_a_question_just_past_it_is(place, karim):
    place.asked(karim, hours=24 + 1 / 60)
    assert len(place.cues(RULE)) == 1


def test_quiet_hours_stop_the_clock_of_the_goal():
    # A goal of 4 hours, quiet from 19 h to 8 h: asked at 18 h in Paris, due at 11 h the next morning.
    community = CommunityFactory.create(first_reply_goal=4)
    place = Place(community, now=dt.datetime(2026, 11, 24, 17, 0, tzinfo=dt.UTC))
    place.asked(place.member("Karim Haddad"), hours=0)
    due = dt.datetime(2026, 11, 25, 10, 0, tzinfo=dt.UTC)
    assert place.cues(RULE, now=due) == []
    assert len(place.cues(RULE, now=due + dt.timedelta(seconds=1))) == 1


def test_it_goes_as_soon_as_somebody_answers(place, karim):
    asked = place.asked(karim, hours=26)
    conversations.contribute(conversation=asked, body="Gardez la plus récente.", by=place.manager)
    assert place.cues(RULE) == []


def test_it_goes_as_soon_as_it_is_closed(place, karim):
    asked = place.asked(karim, hours=26)
    conversations.close(conversation=asked, reason=ClosedReason.DUPLICATE, by=place.manager)
    assert place.cues(RULE) == []


@pytest.mark.parametrize("who", ["its author", "a machine", "somebody who took it back"])
def test_what_is_no_reply_does_not_count(place, karim, who):
    asked = place.asked(karim, hours=30)
    if who == "its author":
        place.wrote(asked, karim, hours=28, part=Part.REPLY)
    elif who == "a machine":
        place.wrote(asked, place.machine(), hours=28)
    else:
        place.wrote(asked, place.member("Sofia Marques"), hours=28, deleted_at=place.ago(hours=27))
    assert len(place.cues(RULE)) == 1


@pytest.mark.parametrize("kind", [Kind.DISCUSSION, Kind.EXPERIENCE, Kind.ANNOUNCEMENT])
def test_only_questions_wait(place, karim, kind):
    place.asked(karim, hours=26, kind=kind)
    assert place.cues(RULE) == []


def test_the_person_who_could_answer_comes_first_with_the_reason(place, karim):
    mei = place.member("Mei Tran")
    asked = place.asked(karim, hours=26)
    place.knows(asked, mei)
    cue = place.cue(RULE)
    assert [move.name for move in cue.moves] == ["refer", "answer", "point"]
    assert cue.moves[0].person == mei
    assert str(cue.moves[0].label) == "Solliciter Mei"
    assert "<b>Mei Tran</b> a répondu dans 7 échanges sur « stocks »" in cue.why.replace("\xa0", " ")


def test_without_anybody_known_one_answers_first(place, karim):
    place.asked(karim, hours=26)
    cue = place.cue(RULE)
    assert [move.name for move in cue.moves] == ["answer", "refer", "point"]
    assert cue.moves[1].person is None


def test_somebody_without_an_account_is_never_suggested(place, karim):
    asked = place.asked(karim, hours=26)
    place.knows(asked, place.imported("hopper7"))
    cue = place.cue(RULE)
    assert "hopper7" not in cue.why
    assert all(move.person is None for move in cue.moves)


def test_a_question_that_somebody_was_asked_about_weighs_less_and_says_so(place, karim):
    alone = place.asked(karim, hours=26, title="Seule")
    asked = place.asked(place.member("Ada"), hours=26, title="Portée")
    ReferralFactory.create(conversation=asked, member=place.member("Mei Tran"))
    found = {cue.conversation.pk: cue for cue in place.cues(RULE)}
    assert found[asked.pk].weight < found[alone.pk].weight
    assert "portée à <b>Mei Tran</b>" in found[asked.pk].why


def test_another_question_of_the_same_person_adds_to_the_weight(place, karim):
    place.asked(karim, hours=26)
    before = place.cue(RULE).weight
    place.asked(karim, hours=1)
    assert place.cue(RULE).weight == before + 2


def test_far_past_the_goal_weighs_more(place, karim):
    place.asked(karim, hours=71)
    late = place.cue(RULE).weight
    assert place.cues(RULE, now=place.now + dt.timedelta(hours=2))[0].weight == late + 1


def test_after_a_month_it_stands_in_the_week(place, karim):
    place.asked(karim, hours=30 * 24 - 1)
    assert place.cue(RULE).horizon == Horizon.TODAY
    assert place.cues(RULE, now=place.now + dt.timedelta(hours=2))[0].horizon == Horizon.WEEK


def test_nobody_is_told_to_answer_their_own_question(place):
    place.asked(place.manager, hours=26)
    assert [move.name for move in place.cue(RULE).moves] == ["refer"]


def test_titles_and_names_are_shown_as_text(place):
    place.asked(place.member("Eve <b>"), hours=26)
    assert "Eve &lt;b&gt;" in place.cue(RULE).why
