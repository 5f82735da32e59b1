import datetime as dt

import pytest
from django.utils import timezone

from passeur.conversations.choices import Kind, Part
from passeur.conversations.tests.factories import ReactionFactory
from passeur.outreach.choices import Purpose
from passeur.outreach.tests.factories import NoteFactory

from ..choices import Horizon
from .factories import Place

pytestmark = pytest.mark.django_db
RULE = "never-exchanged"


def test_a_member_who_joined_and_met_nobody_is_found(place):
    anais = place.member("Anaïs Girard", days=9, job="Approvisionneuse", site="Nantes")
    cue = place.cue(RULE)
    assert cue.title == "Anaïs Girard a rejoint la communauté il y a 9 jours, sans premier échange"
    assert cue.why == "Approvisionneuse, Nantes."
    assert (cue.waiting, list(cue.people), cue.horizon) == (anais.pk, [anais.pk], Horizon.TODAY)
    assert [(move.name, move.person) for move in cue.moves] == [("write_to", anais)]


def test_not_before_five_days(place):
    place.member("Anaïs Girard", days=5 - 1 / 24)
    assert place.cues(RULE) == []
    assert len(place.cues(RULE, now=place.now + dt.timedelta(hours=2))) == 1


def test_after_two_weeks_it_stands_in_the_week_and_weighs_less(place):
    place.member("Anaïs Girard", days=15 - 1 / 24)
    now = place.cue(RULE)
    (later,) = place.cues(RULE, now=place.now + dt.timedelta(hours=2))
    assert (now.horizon, later.horizon) == (Horizon.TODAY, Horizon.WEEK)
    assert later.weight == now.weight - 1


def test_it_ends_by_itself_after_three_months(place):
    place.member("Anaïs Girard", days=90 - 1 / 24)
    assert len(place.cues(RULE)) == 1
    assert place.cues(RULE, now=place.now + dt.timedelta(hours=2)) == []


@pytest.mark.parametrize("how", ["wrote", "replied", "got a reply", "reacted", "got a reaction"])
def test_any_tie_ends_it(place, how):
    anais, karim = place.member("Anaïs Girard", days=9), place.member("Karim Haddad")
    theirs = place.asked(karim, hours=30, kind=Kind.DISCUSSION)
    if how == "wrote":
        place.asked(anais, hours=1)
    elif how == "replied":
        place.wrote(theirs, anais, hours=2, part=Part.REPLY)
    elif how == "reacted":
        ReactionFactory.create(contribution=theirs.contributions.get(), member=anais)
    else:
        mine = place.asked(anais, hours=20)
        if how == "got a reply":
            place.wrote(mine, karim, hours=2)
        else:
            ReactionFactory.create(contribution=mine.contributions.get(), member=karim)
    assert place.cues(RULE) == []


def test_a_text_that_was_taken_back_is_no_tie(place):
    anais, karim = place.member("Anaïs Girard", days=9), place.member("Karim Haddad")
    theirs = place.asked(karim, hours=30, kind=Kind.DISCUSSION)
    place.wrote(theirs, anais, hours=2, part=Part.REPLY, deleted_at=place.ago(hours=1))
    assert len(place.cues(RULE)) == 1


@pytest.mark.parametrize("role", ["lcm", "training_manager"])
def test_those_who_steer_are_not_in_it(place, role):
    place.member("Léa Roux", days=9, role=role)
    assert place.cues(RULE) == []


def test_imported_people_and_machines_are_not_in_it(place):
    place.imported("hopper7", days=9)
    place.member("Robot", days=9, is_machine=True)
    assert place.cues(RULE) == []


def neighbours(place, **fields):
    """Two who take part: Sofia, of the same job, and Paul, of the same site."""
    sofia = place.member("Sofia Marques", job="Approvisionneuse", site="Lille", **fields)
    paul = place.member("Paul Girod", job="Comptable", site="Nantes")
    place.talked(place.manager, sofia, days=3)
    place.talked(place.manager, paul, days=3)
    return sofia, paul


def anais_of(place):
    return place.member("Anaïs Girard", days=9, job="Approvisionneuse", site="Nantes")


def test_the_nearest_in_work_is_named_with_the_reason(place):
    sofia, _paul = neighbours(place)
    anais = anais_of(place)
    cue = place.cue(RULE)
    asking = cue.moves[0]
    assert (asking.name, asking.person, asking.towards) == ("ask_to_reach", sofia, anais)
    assert cue.why.endswith("<b>Sofia Marques</b>, même métier à Lille, prend part aux échanges.")
    assert "Anaïs Girard a rejoint la communauté" in asking.draft


@pytest.mark.parametrize("why_not", ["paused_until", "receives_questions"])
def test_somebody_who_has_no_room_is_not_named(place, why_not):
    value = timezone.localdate(place.now) if why_not == "paused_until" else False
    _sofia, paul = neighbours(place, **{why_not: value})
    anais_of(place)
    cue = place.cue(RULE)
    assert cue.moves[0].person == paul
    assert "même site, Nantes" in cue.why


def test_a_pause_ends_with_the_day_on_the_clock_of_whoever_reads():
    """Half past midnight in Paris, when it still is the day before in Greenwich."""
    place = Place(now=dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC))
    sofia, _paul = neighbours(place, paused_until=dt.date(2026, 11, 24))
    anais_of(place)
    assert place.cue(RULE).moves[0].person == sofia


def test_somebody_who_never_takes_part_is_not_named(place):
    place.member("Sofia Marques", job="Approvisionneuse", site="Lille")
    anais_of(place)
    assert [move.name for move in place.cue(RULE).moves] == ["write_to"]


def test_somebody_without_an_account_is_not_named(place):
    hopper = place.imported("hopper7")
    hopper.job = "Approvisionneuse"
    hopper.save()
    place.talked(place.manager, hopper, days=3)
    anais_of(place)
    assert [move.name for move in place.cue(RULE).moves] == ["write_to"]


def test_somebody_who_is_asked_already_is_not_named_again(place):
    sofia, paul = neighbours(place)
    anais_of(place)
    note = NoteFactory.create(
        community=place.community, by=place.manager, to=sofia, purpose=Purpose.REACH_OUT
    )
    assert place.cue(RULE).moves[0].person == paul
    note.done_at = place.now
    note.save()
    assert place.cue(RULE).moves[0].person == sofia


def test_near_people_are_asked_in_turn(place):
    near = [place.member(f"Sofia {n}", job="Approvisionneuse", site="Lille") for n in range(4)]
    place.talked(place.manager, *near, days=3)
    for n in range(8):
        place.member(f"Anaïs {n}", days=9, job="Approvisionneuse", site="Nantes")
    named = {cue.moves[0].person.pk for cue in place.cues(RULE)}
    assert len(named) > 1
    assert [cue.moves[0].person for cue in place.cues(RULE)] == [
        cue.moves[0].person for cue in place.cues(RULE)
    ]
