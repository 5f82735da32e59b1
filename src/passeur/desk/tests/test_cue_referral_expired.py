import pytest

from passeur.conversations import services as conversations
from passeur.expertise import services as expertise
from passeur.expertise.choices import ReferralState
from passeur.expertise.tests.factories import ReferralFactory

pytestmark = pytest.mark.django_db
RULE = "referral-expired"


@pytest.fixture
def mei(place):
    return place.member("Mei Tran")


@pytest.fixture
def asked(place):
    return place.asked(place.member("Karim Haddad"), hours=26)


def ended(place, asked, person, state=ReferralState.EXPIRED):
    return ReferralFactory.create(
        conversation=asked, member=person, state=state, decided_at=place.ago(hours=1)
    )


@pytest.mark.parametrize("state", [ReferralState.EXPIRED, ReferralState.DECLINED])
def test_a_request_that_came_to_nothing_is_found(place, asked, mei, state):
    referral = ended(place, asked, mei, state)
    cue = place.cue(RULE)
    assert (cue.conversation, cue.since, cue.waiting) == (asked, referral.decided_at, asked.author_id)
    assert "La question a été portée à <b>Mei Tran</b>, sans suite." in cue.why
    assert "<b>Karim Haddad</b> attend depuis 26\xa0h" in cue.why


@pytest.mark.parametrize("state", [ReferralState.PROPOSED, ReferralState.ACCEPTED, ReferralState.WITHDRAWN])
def test_an_open_or_withdrawn_request_is_not(place, asked, mei, state):
    ReferralFactory.create(conversation=asked, member=mei, state=state)
    assert place.cues(RULE) == []


def test_it_goes_while_somebody_else_is_asked(place, asked, mei):
    ended(place, asked, mei)
    expertise.refer(conversation=asked, to=place.member("Paul Girod"), by=place.manager)
    assert place.cues(RULE) == []


def test_it_goes_as_soon_as_the_question_is_answered(place, asked, mei):
    ended(place, asked, mei)
    conversations.contribute(conversation=asked, body="Voici comment.", by=place.manager)
    assert place.cues(RULE) == []


def test_the_next_person_is_one_move_away(place, asked, mei):
    ended(place, asked, mei)
    paul = place.member("Paul Girod")
    place.knows(asked, mei, paul)
    first = place.cue(RULE).moves[0]
    assert (first.name, first.person) == ("refer", paul)


def test_it_stands_in_the_place_of_the_plain_waiting_question(place, asked, mei):
    ended(place, asked, mei)
    desk = place.lists(now=place.now)
    assert [line.cue.rule.name for line in desk.today] == [RULE]
