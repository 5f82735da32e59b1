"""*Pulse*: figures by hand from bitmaps of days, small groups withheld, no list of people."""

import datetime as dt

import pytest
from django.urls import reverse

from passeur.algorithms.measures.estimates import Share
from passeur.conversations.tests.told import together
from passeur.engagement.choices import Act
from passeur.engagement.queries.slices import block_of
from passeur.engagement.tests.factories import (
    PopulationFactory,
    PresenceFactory,
    ReachedFactory,
    TotalFactory,
    WordFactory,
)
from passeur.foundation.charts import Bars, Whisks

from ..protocols import Slice
from ..queries import pulse
from .stories import asked, inside, last_weeks, place

pytestmark = pytest.mark.django_db
PERIOD = last_weeks()
PEOPLE = 20


def bits(*ordinals):
    return sum(1 << one for one in ordinals).to_bytes(16, "little")


def lives(community, *, active, people=PEOPLE, team="", first=PERIOD.first):
    """A population of so many, of whom the first `active` took part on the second day from then on."""
    PopulationFactory.create(
        community=community.pk, team=team, since=first, bits=bits(*range(people)), size=people
    )
    if not team:
        day = first + dt.timedelta(days=1)
        some = bits(*range(active))
        PresenceFactory.create(community=community.pk, theme=0, day=day, taking_part=some, starting=some)


@pytest.fixture
def part():
    community, manager, _members = place(6)
    lives(community, active=7)
    word = WordFactory.create(act=Act.TAKES_PART, is_own=True)
    TotalFactory.create(
        community=community.pk, theme=0, day=PERIOD.first, verb=word.pk, kind=0, statements=42, people=7
    )
    return Slice(manager, (community,), PERIOD)


def tile(board, key):
    return next(one for one in board.tiles if one.key == key)


def test_figures_by_hand(part):
    board = pulse.board(part)
    assert tile(board, "participation").value == 7 / 20
    assert tile(board, "participation").base == "7 sur 20 membres, en additionnant 3 blocs de quatre semaines"
    assert tile(board, "rhythm").value == pytest.approx(1 / 12)
    assert tile(board, "activity").value == 42
    (bars,) = board.charts
    assert isinstance(bars, Bars)
    assert [point.value for point in bars.series[0].points] == [42.0] + [0.0] * 11


def test_more_people_than_before_is_said_only_when_it_is_real():
    for active, is_real in ((40, True), (10, False)):
        community, manager, _members = place(6)
        lives(community, active=8, people=60, first=PERIOD.previous.first)
        some = bits(*range(active))
        PresenceFactory.create(community=community.pk, theme=0, day=PERIOD.first, taking_part=some)
        asked(community, _members[0], inside(PERIOD))
        board = pulse.board(Slice(manager, (community,), PERIOD))
        assert tile(board, "participation").difference.real is is_real
        assert ("Plus de monde participe." in board.sentence) is is_real


@pytest.mark.parametrize(("people", "active"), [(4, 2), (20, 20), (20, 19)])
def test_what_would_tell_of_a_person_is_withheld(people, active):
    community, manager, _members = place(6)
    lives(community, active=active, people=people)
    with together():
        for member in _members:
            asked(community, member, inside(PERIOD), replied_after=1)
    shown = tile(pulse.board(Slice(manager, (community,), PERIOD)), "participation")
    assert shown.is_withheld
    assert (shown.value, shown.base, shown.difference) == (None, "", None)


def test_people_are_counted_never_listed(client, part):
    client.force_login(part.member)
    page = client.get(reverse("dashboards:page", args=["pulse"])).content.decode()
    assert "nous n’en montrons pas la liste" in page
    for key in ("participation", "health", "stickiness", "rhythm", "activity"):
        assert client.get(reverse("dashboards:list", args=["pulse", key])).status_code == 404


@pytest.mark.parametrize(("key", "count"), [("first-reply", 6), ("within-goal", 4), ("newcomers", 4)])
def test_figures_of_replies_lead_to_the_same_lists_from_here(client, key, count):
    community, manager, members = place(6)
    with together():
        for member, hours in zip(members, [1, 2, 3, 4, 80, None], strict=True):
            asked(community, member, inside(PERIOD), replied_after=hours)
    client.force_login(manager)
    shown = client.get(reverse("dashboards:list", args=["pulse", key]))
    assert shown.context["count"] == len(shown.context["page"].items) == count


def test_the_page_costs_the_same_whatever_is_in_it(client, part, django_assert_max_num_queries):
    client.force_login(part.member)
    with django_assert_max_num_queries(42):
        assert client.get(reverse("dashboards:page", args=["pulse"])).status_code == 200


def test_nobody_there_says_what_to_do(client):
    _community, manager, _members = place(0)
    client.force_login(manager)
    assert "Rien à montrer pour cette période" in client.get("/dashboards/pulse/").content.decode()


def test_people_counted_again_in_each_block_make_a_figure_no_surer():
    three = pulse.Repeated(Share(30, 60), 3)
    assert three.value == 0.5
    assert three.interval() == Share(10, 20).interval()


def test_milestones_of_this_period_and_of_the_one_before(part):
    newest = block_of(PERIOD.last + dt.timedelta(days=1)) - dt.timedelta(weeks=4)
    where = {"community": part.communities[0].pk, "people": 40}
    for milestone, count in (("question", 8), ("reply", 1)):
        ReachedFactory.create(**where, milestone=milestone, begun=newest, count=count)
    ReachedFactory.create(**where, milestone="question", begun=newest - dt.timedelta(weeks=12), count=21)
    (drawn,) = [one for one in pulse.board(part).charts if one.key == "paliers"]
    assert isinstance(drawn, Whisks)
    assert [row.point.value for row in drawn.rows] == [10, None, None, None]
    assert drawn.rows[1].point.words == "Groupe trop petit"
    assert [row.more[0].text for row in drawn.rows] == ["20", "–", "–", "–"]


def test_teams_that_are_not_shown_are_named_together_and_crowd_no_table():
    community, manager, members = place(6)
    lives(community, active=7, people=40)
    others = bits(30, 31, 32)
    day = PERIOD.first + dt.timedelta(days=2)
    PresenceFactory.create(community=community.pk, theme=0, day=day, taking_part=others, starting=others)
    for team, first, last in (("Nord", 0, 20), ("Export", 20, 23), ("Vente", 23, 24)):
        some = bits(*range(first, last))
        PopulationFactory.create(
            community=community.pk, team=team, since=PERIOD.first, bits=some, size=last - first
        )
    with together():
        for member in members:
            asked(community, member, inside(PERIOD))
    (drawn,) = [
        one for one in pulse.board(Slice(manager, (community,), PERIOD)).charts if one.key == "equipes"
    ]
    assert isinstance(drawn, Whisks)
    assert [(row.name, row.point.value) for row in drawn.rows] == [("Nord", 7 / 20)]
    assert drawn.note.replace("\xa0", " ").endswith("Ne sont pas montrées : Export, Vente.")
