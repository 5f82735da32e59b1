import datetime as dt

import pytest

from passeur.communities.tests.factories import CommunityFactory
from passeur.conversations import services as conversations
from passeur.conversations.choices import ClosedReason, Kind, Part
from passeur.conversations.tests.factories import ReactionFactory

from .factories import Place

pytestmark = pytest.mark.django_db
RULE = "newcomer-unheard"


@pytest.fixture
def anais(place):
    return place.member("Anaïs Girard", days=9, job="Approvisionneuse", site="Nantes")


def test_a_first_post_without_reply_is_found_at_half_the_goal(place, anais):
    first = place.asked(anais, hours=12 + 1 / 60)
    cue = place.cue(RULE)
    assert (cue.conversation, cue.waiting, list(cue.people)) == (first, anais.pk, [anais.pk])
    assert "<b>Anaïs Girard</b> a rejoint la communauté" in cue.why
    assert "attend une réponse depuis 12\xa0h" in cue.why


def test_not_one_step_before(place, anais):
    place.asked(anais, hours=12 - 1 / 60)
    assert place.cues(RULE) == []


def test_quiet_hours_stop_that_clock_too():
    # Half of a goal of 4 hours, quiet from 19 h to 8 h: written at 18 h in Paris, due at 9 h.
    place = Place(
        CommunityFactory.create(first_reply_goal=4), now=dt.datetime(2026, 11, 24, 17, 0, tzinfo=dt.UTC)
    )
    place.asked(place.member("Anaïs Girard", days=9), hours=0)
    due = dt.datetime(2026, 11, 25, 8, 0, tzinfo=dt.UTC)
    assert place.cues(RULE, now=due) == []
    assert len(place.cues(RULE, now=due + dt.timedelta(seconds=1))) == 1


def test_a_first_discussion_counts_as_well(place, anais):
    place.asked(anais, hours=20, kind=Kind.DISCUSSION)
    assert len(place.cues(RULE)) == 1


def test_it_stands_in_the_place_of_the_plain_waiting_question(place, anais):
    place.asked(anais, hours=26)
    assert len(place.cues("waiting-question")) == 1
    desk = place.lists(now=place.now)
    assert [line.cue.rule.name for line in desk.today] == [RULE]


def test_who_joined_a_month_ago_is_no_newcomer(place):
    place.asked(place.member("Karim Haddad", days=30 + 1 / 24), hours=20)
    assert place.cues(RULE) == []
    place.asked(place.member("Ada Lovelace", days=30 - 1 / 24), hours=20)
    assert len(place.cues(RULE)) == 1


def test_it_goes_as_soon_as_somebody_replies(place, anais):
    first = place.asked(anais, hours=20)
    conversations.contribute(conversation=first, body="Bienvenue !", by=place.manager)
    assert place.cues(RULE) == []


@pytest.mark.parametrize("how", ["a reply elsewhere", "a reaction"])
def test_who_was_heard_once_is_a_newcomer_no_more(place, anais, how):
    place.asked(anais, hours=20)
    other = place.asked(anais, hours=40, kind=Kind.DISCUSSION)
    if how == "a reaction":
        ReactionFactory.create(contribution=other.contributions.get(), member=place.manager)
    else:
        place.wrote(other, place.manager, hours=30, part=Part.REPLY)
    assert place.cues(RULE) == []


@pytest.mark.parametrize("who", ["herself", "a machine", "somebody who took it back"])
def test_what_is_no_reply_does_not_count(place, anais, who):
    first = place.asked(anais, hours=20)
    if who == "herself":
        place.wrote(first, anais, hours=15, part=Part.REPLY)
    elif who == "a machine":
        place.wrote(first, place.machine(), hours=15)
    else:
        place.wrote(first, place.manager, hours=15, deleted_at=place.ago(hours=14))
    assert len(place.cues(RULE)) == 1


def test_what_was_closed_waits_for_nobody(place, anais):
    first = place.asked(anais, hours=20)
    conversations.close(conversation=first, reason=ClosedReason.OFF_TOPIC, by=place.manager)
    assert place.cues(RULE) == []


def test_imported_people_are_no_newcomers(place):
    place.asked(place.imported("hopper7", days=3), hours=20)
    assert place.cues(RULE) == []


def test_those_who_steer_are_no_newcomers(place):
    place.asked(place.member("Léa Roux", days=3, role="lcm"), hours=20)
    assert place.cues(RULE) == []


def test_the_oldest_post_of_a_newcomer_speaks_for_them(place, anais):
    first = place.asked(anais, hours=40)
    place.asked(anais, hours=20)
    assert place.cue(RULE).conversation == first


def test_a_neighbour_can_be_asked_and_reads_why(place, anais):
    sofia = place.member("Sofia Marques", job="Approvisionneuse", site="Lille")
    place.talked(place.manager, sofia, days=3)
    place.asked(anais, hours=20, title="Où sont les 100 % d’écarts ?")
    cue = place.cue(RULE)
    assert [move.name for move in cue.moves] == ["answer", "ask_to_reach"]
    asking = cue.moves[1]
    assert (asking.person, asking.towards) == (sofia, anais)
    assert "<b>Sofia Marques</b>, même métier à Lille, pourrait répondre." in cue.why
    assert "Où sont les 100 % d’écarts ?" in asking.draft
    assert "(même métier à Lille)" in asking.draft
