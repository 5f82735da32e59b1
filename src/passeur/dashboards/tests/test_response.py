"""*Response*: what its tiles say by hand, and that each leads to exactly what it counts."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest
from django.urls import reverse

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.choices import Role
from passeur.communities.tests.factories import MembershipFactory
from passeur.conversations.queries import lists
from passeur.conversations.tests.told import together
from passeur.engagement.queries import started
from passeur.foundation.charts import Bars, Heat, Lines, Unit, drawing

from ..protocols import Difference, Slice, Tile
from ..queries import measures, response
from .stories import asked, inside, last_weeks, place

pytestmark = pytest.mark.django_db


def tile(board, key):
    return next(one for one in board.tiles if one.key == key)


@pytest.fixture
def story():
    """Six people ask: four get a reply in the goal of a day, one late, one never."""
    community, manager, members = place(6)
    period = last_weeks()
    with together():
        for member, hours in zip(members, [1, 2, 3, 4, 80, None], strict=True):
            asked(community, member, inside(period), replied_after=hours)
    return Slice(manager, (community,), period), members


def test_whoever_may_be_a_superior_needs_a_larger_group(story):
    part, _members = story
    trainer = MembershipFactory.create(community=part.communities[0], role=Role.TRAINING_MANAGER).member
    theirs = replace(part, member=trainer, smallest=0)
    assert (part.smallest, theirs.smallest) == (5, 10)
    board = response.board(theirs)
    assert {one.is_withheld for one in board.tiles} == {True}
    assert board.charts == ()
    assert response.listed(theirs, "asked") is None
    assert "d’au moins 10 personnes" in theirs.guard


def test_figures_by_hand(story):
    part, _members = story
    board = response.board(part)
    assert tile(board, "asked").value == 6
    assert tile(board, "first-reply").value == 3 * 3600
    assert tile(board, "within-goal").value == pytest.approx(4 / 6)
    assert tile(board, "unanswered").value == pytest.approx(1 / 6)
    assert tile(board, "unanswered").base == "1 sur 6 questions, l’objectif passé"
    assert tile(board, "resolved").value == 0
    assert tile(board, "newcomers").value == pytest.approx(4 / 6)


def test_the_curve_of_those_who_wait_crosses_a_half_where_the_median_is(story):
    """A reader looks from the figure to the curve: it must not say that all still wait by then."""
    part, _members = story
    board = response.board(part)
    (curve,) = [one for one in board.charts if one.key == "attente"]
    assert isinstance(curve, Lines)
    (drawn,) = [one for one in curve.drawn if one.style == "l1"]
    placed = [tuple(map(float, point.split())) for point in drawn.path.removeprefix("M").split(" L")]
    (x, y), (next_x, next_y) = next(
        (here, there) for here, there in pairwise(placed) if there[1] >= drawing.HEIGHT / 2
    )
    crossed = x + (next_x - x) * (drawing.HEIGHT / 2 - y) / (next_y - y)
    assert crossed / drawing.WIDTH * response.SHOWN_HOURS == pytest.approx(3, abs=0.75)
    assert tile(board, "first-reply").value == 3 * 3600


def test_hours_are_told_of_many_questions_only_and_to_the_nearest_five(story, monkeypatch):
    part, _members = story
    assert not any(isinstance(one, Heat) for one in response.board(part).charts)
    monkeypatch.setattr(started, "ENOUGH_FOR_HOURS", 6)
    (grid,) = (one for one in response.board(part).charts if isinstance(one, Heat))
    assert {told for hours in grid.values for told in hours} == {0, 5}


@pytest.mark.parametrize(
    ("key", "count"),
    [
        ("asked", 6),
        ("first-reply", 6),
        ("within-goal", 4),
        ("unanswered", 1),
        ("resolved", 0),
        ("newcomers", 4),
    ],
)
def test_each_tile_leads_to_exactly_what_it_counts(client, story, key, count):
    part, _members = story
    client.force_login(part.member)
    page = client.get(reverse("dashboards:page", args=["response"]))
    address = reverse("dashboards:list", args=["response", key])
    assert f'href="{address}"' in page.content.decode()
    shown = client.get(address)
    assert len(shown.context["page"].items) == shown.context["count"] == count


def test_what_machines_and_who_animates_ask_counts_nowhere(story):
    part, _members = story
    (community,) = part.communities
    asked(community, part.member, inside(part.period))
    asked(community, MemberFactory.create(is_machine=True), inside(part.period))
    assert tile(response.board(part), "asked").value == 6
    assert len(response.listed(part, "asked") or ()) == 6


def test_the_weeks_before_and_after_do_not_count(story):
    part, members = story
    (community,) = part.communities
    asked(community, members[0], part.period.since - dt.timedelta(minutes=1))
    asked(community, members[0], part.period.until)
    assert tile(response.board(part), "asked").value == 6


@pytest.mark.parametrize("people", [1, 4])
def test_a_figure_about_fewer_than_five_people_is_not_shown_in_any_form(client, people):
    community, manager, members = place(people)
    period = last_weeks()
    with together():
        for member in members:
            for week in range(4):
                asked(community, member, inside(period, week=week), replied_after=1)
    board = response.board(Slice(manager, (community,), period))
    assert [one.is_withheld for one in board.tiles] == [True] * len(board.tiles)
    assert {(one.value, one.bounds, one.base, one.difference) for one in board.tiles} == {
        (None, (None, None), "", None)
    }
    assert board.charts == ()
    client.force_login(manager)
    assert client.get(reverse("dashboards:list", args=["response", "asked"])).status_code == 404


def test_a_change_is_called_one_only_when_it_is_real():
    community, manager, members = place(8)
    period = last_weeks()
    with together():
        for week in range(12):
            for member in members:
                asked(community, member, inside(period.previous, week=week), replied_after=90)
                asked(community, member, inside(period, week=week), replied_after=1)
    board = response.board(Slice(manager, (community,), period))
    faster = tile(board, "first-reply").difference
    assert faster.real
    assert faster.good
    assert "On répond plus vite." in board.sentence
    same = tile(board, "asked").difference
    assert not same.real
    assert "pas d’écart net" in same.words


def test_where_nothing_changed_the_sentence_says_so(story):
    part, members = story
    (community,) = part.communities
    with together():
        for member, hours in zip(members, [1, 2, 3, 4, 80, None], strict=True):
            asked(community, member, inside(part.period.previous), replied_after=hours)
    assert response.board(part).sentence.startswith("Rien n’a nettement changé")


def test_with_nothing_before_the_sentence_says_that_nothing_can_be_compared(story):
    assert "Rien ne se compare à la période d’avant" in response.board(story[0]).sentence


def test_where_one_figure_alone_can_be_compared_the_sentence_does_not_speak_for_all():
    same = Difference("Pas d’écart net", 0.0, real=False)
    made = [Tile("a", "A", "", Unit.SHARE, "1 %", difference=same), Tile("b", "B", "", Unit.SHARE, "2 %")]
    assert measures.sentence(made, 52).startswith("Un seul chiffre peut être comparé")
    assert measures.sentence(made[:1], 52).startswith("Rien n’a nettement changé")


@pytest.mark.parametrize("each", [1, 4])
def test_the_page_and_the_list_cost_the_same_whatever_is_in_them(client, django_assert_max_num_queries, each):
    community, manager, members = place(6)
    period = last_weeks()
    with together():
        for week in range(each):
            for member in members:
                asked(community, member, inside(period, week=week), replied_after=1)
    client.force_login(manager)
    with django_assert_max_num_queries(24):
        client.get(reverse("dashboards:page", args=["response"]))
    with django_assert_max_num_queries(29):  # of each ledger, what was told of its blocks is one
        client.get(reverse("dashboards:list", args=["response", "asked"]))


def test_lists_show_what_the_reader_may_see_and_nothing_else(story):
    part, _members = story
    seen = set(lists.visible(part.member).values_list("pk", flat=True))
    assert set(response.listed(part, "asked") or ()) <= seen


def test_a_week_whose_questions_are_withheld_is_not_shown_as_a_week_without_any(story):
    part, _members = story
    other, _manager, members = place(6)
    MembershipFactory.create(community=other, member=part.member, role=Role.LCM)
    asked(other, members[0], inside(part.period, week=5))
    both = Slice(part.member, (*part.communities, other), part.period)
    (bars,) = [one for one in response.board(both).charts if isinstance(one, Bars) and one.key == "questions"]
    assert [bars.series[0].points[week].value for week in (0, 4, 5)] == [6.0, 0.0, None]
    assert bars.note.replace("\xa0", " ").endswith("Un vide : trop peu de personnes, même ainsi.")
    (alone,) = [one for one in response.board(part).charts if one.key == "questions"]
    assert "Un vide" not in alone.note
