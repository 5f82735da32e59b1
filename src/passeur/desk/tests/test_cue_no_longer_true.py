"""Somebody said that a text no longer holds: told with their reason, until it holds again."""

import pytest
from django.utils import timezone

from passeur.conversations import services as conversations
from passeur.conversations.choices import Kind

from ..choices import Horizon

pytestmark = pytest.mark.django_db
RULE = "no-longer-true"


@pytest.fixture
def told(place):
    """An experience, which lasts by itself."""
    return place.asked(place.member("Mei Tran"), hours=500, kind=Kind.EXPERIENCE, title="Notre import")


def cues(place):
    return place.cues(RULE, now=timezone.now())


def cue_of(place):
    (found,) = cues(place)
    return found


def plain(words):
    """With the spaces of a keyboard in place of those of French typography."""
    return words.replace("\xa0", " ").replace("\u202f", " ")


def doubt(told, by, reason="Le format a changé en mars."):
    conversations.say_it_no_longer_holds(conversation=told, reason=reason, by=by)


def test_it_says_who_said_it_and_why_and_asks_its_author(place, told):
    doubt(told, place.member("Karim Haddad"))
    cue = cue_of(place)
    assert cue.title == "Notre import"
    assert "<b>Karim Haddad</b> a dit il y a " in cue.why
    assert plain(cue.why).endswith("que ce n’est plus vrai : « Le format a changé en mars. »")
    assert (cue.horizon, cue.weight) == (Horizon.WEEK, 2)
    mei = told.author
    assert [move.slug for move in cue.moves] == ["read_again", f"ask_to_check-{mei.pk}", "ask_to_check"]
    assert "Le format a changé en mars." in str(cue.moves[1].draft)


def test_a_reason_is_words_and_nothing_else(place, told):
    doubt(told, place.member("Karim Haddad"), "<script>alert(1)</script>")
    assert "&lt;script&gt;" in cue_of(place).why


def test_nobody_is_told_to_ask_themselves(place):
    mine = place.asked(place.manager, hours=500, kind=Kind.EXPERIENCE)
    doubt(mine, place.member("Karim Haddad"))
    assert [move.slug for move in cue_of(place).moves] == ["read_again", "ask_to_check"]


@pytest.mark.parametrize("how", ["it holds", "taken back", "taken out"])
def test_it_goes_when_it_holds_again_or_is_gone(place, told, how):
    karim = place.member("Karim Haddad")
    doubt(told, karim)
    assert cues(place)
    if how == "it holds":
        conversations.say_it_holds(conversation=told, by=told.author)
    elif how == "taken back":
        said = told.contributions.get().verifications.get()
        conversations.take_verification_back(conversation=told, said=said.pk, by=karim)
    else:
        conversations.delete(contribution=told.contributions.get(), by=place.manager)
    assert cues(place) == []


def test_what_is_said_anew_is_another_cue(place, told):
    karim = place.member("Karim Haddad")
    doubt(told, karim)
    first = cue_of(place).key
    conversations.say_it_holds(conversation=told, by=told.author)
    doubt(told, karim, "Cette fois, vraiment.")
    assert cue_of(place).key != first
