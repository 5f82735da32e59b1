import datetime as dt

import pytest

from passeur.conversations import services as conversations

from ..choices import Horizon

pytestmark = pytest.mark.django_db
RULE = "gone-quiet"


@pytest.fixture
def ada(place):
    return place.member("Ada Lovelace", days=400)


def test_somebody_who_took_part_and_is_silent_for_two_months_is_found(place, ada):
    place.talked(place.manager, ada, days=60 + 1 / 24)
    cue = place.cue(RULE)
    assert cue.title.startswith("Ada Lovelace prenait part aux échanges, et n’a pas écrit depuis 60")
    assert "<b>Nos tableaux</b>" in cue.why
    assert (list(cue.people), cue.horizon, cue.waiting) == ([ada.pk], Horizon.WEEK, None)
    assert [(move.name, move.person) for move in cue.moves] == [("write_to", ada)]
    assert "Nos tableaux" in cue.moves[0].draft


def test_not_one_step_before(place, ada):
    place.talked(place.manager, ada, days=60 - 1 / 24)
    assert place.cues(RULE) == []


def test_two_messages_are_no_habit(place, ada):
    place.talked(place.manager, ada, days=70, times=2)
    assert place.cues(RULE) == []
    place.talked(place.manager, ada, days=80, times=1)
    assert len(place.cues(RULE)) == 1


def test_after_ten_months_nobody_is_called_back(place, ada):
    place.talked(place.manager, ada, days=300 - 1 / 24)
    assert len(place.cues(RULE)) == 1
    assert place.cues(RULE, now=place.now + dt.timedelta(hours=2)) == []


def test_it_goes_as_soon_as_the_person_writes(place, ada):
    talk = place.talked(place.manager, ada, days=70)
    conversations.contribute(conversation=talk, body="Me revoilà.", by=ada)
    assert place.cues(RULE) == []


def test_a_text_that_was_taken_back_breaks_no_silence(place, ada):
    talk = place.talked(place.manager, ada, days=70)
    place.wrote(talk, ada, hours=5, part="reply", deleted_at=place.now)
    assert len(place.cues(RULE)) == 1


def test_those_who_steer_and_people_without_account_are_not_in_it(place):
    place.talked(place.member("Léa Roux", role="lcm"), place.imported("hopper7"), days=70)
    assert place.cues(RULE) == []


def test_a_neighbour_can_ask_them_something(place, ada):
    ada.team, sofia = "Logistique", place.member("Sofia Marques", team="Logistique")
    ada.save()
    place.talked(place.manager, ada, days=70)
    place.talked(place.manager, sofia, days=3)
    cue = place.cue(RULE)
    assert [(move.name, move.person) for move in cue.moves] == [("write_to", ada), ("ask_to_reach", sofia)]
    assert "<b>Sofia Marques</b>, même équipe, Logistique, pourrait reprendre contact." in cue.why
