import pytest

from passeur.conversations.choices import Kind
from passeur.conversations.tests.factories import ConversationThemeFactory
from passeur.skills.tests.factories import ThemeFactory

from ..choices import Horizon
from ..cues.rising_theme import unlikely

pytestmark = pytest.mark.django_db
RULE = "rising-theme"


@pytest.fixture
def stocks(place):
    return ThemeFactory.create(community=place.community, name="Stocks", slug="stocks")


@pytest.fixture
def people(place):
    return [place.member(f"Membre {n}") for n in range(3)]


def about(place, theme, by, *, days, **fields):
    asked = place.asked(by, hours=days * 24, **fields)
    ConversationThemeFactory.create(conversation=asked, theme=theme)
    return asked


# By hand, for a Poisson law of mean m: P(at least n) = 1 − e^−m · Σ_{k<n} m^k / k!
@pytest.mark.parametrize(
    ("seen", "usual", "probability"),
    [
        (0, 1.0, 1.0),
        (1, 1.0, 0.632121),  # 1 − e^−1
        (3, 1.0, 0.080301),  # 1 − e^−1 (1 + 1 + 1/2)
        (3, 0.25, 0.002161),  # 1 − e^−0.25 (1 + 0.25 + 0.03125)
        (4, 0.5, 0.001752),  # 1 − e^−0.5 (1 + 0.5 + 0.125 + 0.0208333)
        (5, 2.0, 0.052653),  # 1 − e^−2 (1 + 2 + 2 + 4/3 + 2/3)
    ],
)
def test_how_unlikely_a_week_is(seen, usual, probability):
    assert unlikely(seen, usual) == pytest.approx(probability, abs=1e-6)


def test_a_busy_theme_does_not_overflow():
    assert unlikely(400, 300.0) < 1e-6
    assert unlikely(300, 400.0) == pytest.approx(1)


def test_three_conversations_of_two_people_on_a_quiet_theme_are_found(place, stocks, people):
    for n, by in enumerate([people[0], people[0], people[1]]):
        about(place, stocks, by, days=n + 1)
    cue = place.cue(RULE)
    assert cue.title == "«\xa0Stocks\xa0» revient beaucoup cette semaine"
    assert "<b>3\xa0échanges</b> en sept jours" in cue.why.replace("3 é", "3\xa0é")
    assert "calme depuis deux mois" in cue.why
    assert cue.horizon == Horizon.WEEK
    (move,) = cue.moves
    assert "theme=stocks" in move.url


def test_two_are_not(place, stocks, people):
    about(place, stocks, people[0], days=1)
    about(place, stocks, people[1], days=2)
    assert place.cues(RULE) == []


def test_one_person_alone_is_no_movement(place, stocks, people):
    for n in range(4):
        about(place, stocks, people[0], days=n + 1)
    assert place.cues(RULE) == []


def test_a_week_like_the_others_is_not(place, stocks, people):
    # One a week for eight weeks: three in a week have a probability of .08, four of .019.
    for week in range(8):
        about(place, stocks, people[0], days=8 + week * 7)
    for n in range(3):
        about(place, stocks, people[n], days=n + 1)
    assert place.cues(RULE) == []
    about(place, stocks, people[0], days=5)
    assert "contre 1,0 par semaine d’habitude" in place.cue(RULE).why


def test_what_is_older_than_a_week_is_the_past(place, stocks, people):
    for by in people:
        about(place, stocks, by, days=7 + 1 / 24)
    assert place.cues(RULE) == []


def test_machines_do_not_count(place, stocks, people):
    about(place, stocks, people[0], days=1)
    about(place, stocks, people[1], days=2)
    about(place, stocks, place.machine(), days=3)
    assert place.cues(RULE) == []


def test_it_goes_once_an_lcm_opened_a_discussion_on_it(place, stocks, people):
    for by in people:
        about(place, stocks, by, days=2)
    about(place, stocks, people[0], days=1, kind=Kind.DISCUSSION)
    assert len(place.cues(RULE)) == 1
    about(place, stocks, place.manager, days=0.5, kind=Kind.DISCUSSION)
    assert place.cues(RULE) == []
