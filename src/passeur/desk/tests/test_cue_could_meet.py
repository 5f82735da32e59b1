import datetime as dt

import pytest

from passeur.expertise import services as expertise
from passeur.expertise.choices import Scope
from passeur.expertise.tests.factories import TallyFactory
from passeur.introductions import errors as introduction_errors
from passeur.introductions import services as introductions
from passeur.introductions.tests.factories import IntroductionFactory
from passeur.skills.tests.factories import InterestFactory, ThemeFactory

from .. import services
from ..choices import Horizon
from ..services.gestures import Given

pytestmark = pytest.mark.django_db
RULE = "could-meet"
Introduction = IntroductionFactory._meta.model


@pytest.fixture
def stocks(place):
    return ThemeFactory.create(community=place.community, name="Stocks")


def helps(place, person, theme, accepted=2):
    TallyFactory.create(
        community=place.community, scope=Scope.THEME, key=theme.pk, person=person, accepted=accepted
    )
    return person


@pytest.fixture
def anais(place, stocks):
    """Follows the theme, and knows nobody yet."""
    member = place.member("Anaïs Girard", days=20, job="Approvisionneuse", site="Nantes")
    InterestFactory.create(theme=stocks, member=member)
    return member


@pytest.fixture
def mei(place, stocks):
    return helps(place, place.member("Mei Tran", days=300, job="Analyste"), stocks)


def test_who_follows_a_theme_is_proposed_to_whom_answers_helped_there(place, anais, mei):
    cue = place.cue(RULE)
    assert cue.title == "Anaïs Girard et Mei Tran auraient à se dire"
    assert "<b>Stocks</b>" in cue.why
    assert (cue.horizon, cue.waiting, set(cue.people)) == (Horizon.WEEK, None, {anais.pk, mei.pk})
    propose, choose = cue.moves
    assert (propose.name, propose.person, propose.towards) == ("introduce", mei, anais)
    assert "Mei Tran" in propose.draft
    assert f"/people/{anais.pk}/" in choose.url or str(anais.pk) in choose.url


def test_not_in_the_first_days_and_not_for_ever(place, anais, mei):
    assert place.cues(RULE, now=place.now - dt.timedelta(days=11)) == []
    assert place.cues(RULE, now=place.now + dt.timedelta(days=159)) != []
    assert place.cues(RULE, now=place.now + dt.timedelta(days=161)) == []


def test_of_several_the_one_nearest_in_work(place, anais, mei, stocks):
    sofia = helps(place, place.member("Sofia Marques", job="Approvisionneuse"), stocks, accepted=1)
    assert place.cue(RULE).moves[0].person == sofia


def test_nobody_is_proposed_to_themself(place, anais, stocks):
    helps(place, anais, stocks)
    assert place.cues(RULE) == []


@pytest.mark.parametrize("who", ["asked", "answered"])
def test_two_who_exchanged_know_each_other(place, anais, mei, who):
    asker, helper = (anais, mei) if who == "asked" else (mei, anais)
    place.wrote(place.asked(asker, hours=50), helper, hours=40)
    assert place.cues(RULE) == []


@pytest.mark.parametrize("who", ["anais", "mei"])
@pytest.mark.parametrize("how", ["introducible", "is_active"])
def test_who_would_rather_not_or_has_left_is_not_proposed(place, anais, mei, who, how):
    one = {"anais": anais, "mei": mei}[who]
    setattr(one, how, False)
    one.save()
    assert place.cues(RULE) == []


def test_a_contested_expertise_is_no_reason(place, anais, mei, stocks):
    expertise.contest(member=mei, theme=stocks.pk, by=mei)
    assert place.cues(RULE) == []


def test_who_was_proposed_lately_rests_and_a_pair_is_proposed_once(place, anais, mei):
    other = place.member("Paul Girod")
    first, second = sorted([mei, other], key=lambda one: one.pk)
    lately = IntroductionFactory.create(community=place.community, first=first, second=second)
    assert place.cues(RULE) == []
    lately.delete()
    first, second = sorted([mei, anais], key=lambda one: one.pk)
    IntroductionFactory.create(
        community=place.community, first=first, second=second, state="ended", created_at=place.ago(days=90)
    )
    assert place.cues(RULE) == []


def do(place):
    cue = place.cue(RULE)
    given = Given(text="Vous suivez les stocks.")
    return services.move(
        community=place.community, key=cue.key, slug=cue.moves[0].slug, given=given, by=place.manager
    )


def test_proposed_from_the_desk_and_taken_back(place, anais, mei):
    step = do(place)
    proposed = Introduction.objects.get()
    assert {proposed.first, proposed.second} == {anais, mei}
    assert proposed.reason == "Vous suivez les stocks."
    assert proposed.proposed_by == place.manager
    services.undo(step=step, by=place.manager)
    assert not Introduction.objects.exists()


def test_once_both_said_yes_it_is_not_taken_back(place, anais, mei):
    step = do(place)
    for one in (anais, mei):
        introductions.accept(introduction=Introduction.objects.get(), by=one)
    with pytest.raises(introduction_errors.AlreadyOpen):
        services.undo(step=step, by=place.manager)
    assert Introduction.objects.get().state == "open"
