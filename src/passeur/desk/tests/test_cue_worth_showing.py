import pytest

from passeur.conversations import services as conversations
from passeur.conversations.choices import Kind, Meaning
from passeur.conversations.tests.factories import ReactionFactory

from ..choices import Horizon

pytestmark = pytest.mark.django_db
RULE = "worth-showing"


@pytest.fixture
def answer(place):
    asked = place.asked(place.member("Karim Haddad"), hours=100)
    return place.wrote(asked, place.member("Mei Tran"), hours=90)


def helped(text, people, meaning=Meaning.HELPS):
    for _ in range(people):
        ReactionFactory.create(contribution=text, meaning=meaning)


def test_what_helped_five_people_is_found(place, answer):
    helped(answer, 3)
    helped(answer, 1, Meaning.LIVED)
    helped(answer, 1, Meaning.THANKS)
    cue = place.cue(RULE)
    assert "Ce qu’a écrit <b>Mei Tran</b> a servi à plusieurs personnes" in cue.why
    assert (cue.horizon, cue.waiting) == (Horizon.WEEK, None)
    (move,) = cue.moves
    assert (move.name, move.target) == ("spotlight", answer.pk)


def test_four_are_not_enough(place, answer):
    helped(answer, 4)
    assert place.cues(RULE) == []


def test_five_words_of_fewer_people_are_not_five_people(place, answer):
    helped(answer, 3)
    someone = place.member("Ada")
    for meaning in (Meaning.HELPS, Meaning.LIVED, Meaning.THANKS):
        ReactionFactory.create(contribution=answer, member=someone, meaning=meaning)
    assert place.cues(RULE) == []


def test_reactions_that_say_something_else_do_not_count(place, answer):
    helped(answer, 4)
    helped(answer, 3, Meaning.GOOD_QUESTION)
    assert place.cues(RULE) == []


def test_a_question_is_not_shown_but_an_experience_is(place):
    for kind in (Kind.QUESTION, Kind.EXPERIENCE):
        told = place.asked(place.member(f"Ada {kind}"), hours=50, kind=kind, title=kind)
        helped(told.contributions.get(), 5)
    assert [cue.title for cue in place.cues(RULE)] == [Kind.EXPERIENCE]


def test_after_a_month_it_is_old(place):
    asked = place.asked(place.member("Karim Haddad"), hours=800)
    helped(place.wrote(asked, place.member("Mei Tran"), hours=30 * 24 + 1), 5)
    assert place.cues(RULE) == []


@pytest.mark.parametrize("how", ["taken back", "by a machine"])
def test_what_is_gone_or_nobodys_is_not(place, answer, how):
    helped(answer, 5)
    if how == "taken back":
        answer.deleted_at = place.now
    else:
        answer.author = place.machine()
    answer.save()
    assert place.cues(RULE) == []


def test_it_goes_as_soon_as_it_is_shown(place, answer):
    helped(answer, 5)
    conversations.spotlight(contribution=answer, reason="Un contrôle à reprendre.", by=place.manager)
    assert place.cues(RULE) == []


def test_the_three_that_helped_most_are_enough_for_once(place):
    for n in range(5):
        asked = place.asked(place.member(f"Karim {n}"), hours=50, title=f"Question {n}")
        helped(place.wrote(asked, place.member(f"Mei {n}"), hours=40), 5 + n)
    assert {cue.title for cue in place.cues(RULE)} == {"Question 2", "Question 3", "Question 4"}
