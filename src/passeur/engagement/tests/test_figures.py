"""Figures against hand-worked examples, whose they are, and how few queries they take."""

from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise
from typing import TypeVar

import pytest
from django.utils import timezone

from passeur.algorithms.measures.bins import ENDS
from passeur.algorithms.measures.estimates import Share
from passeur.algorithms.measures.survival import kaplan_meier
from passeur.communities.choices import Role
from passeur.communities.tests.factories import MembershipFactory, PrivateCommunityFactory
from passeur.records import protocols as records
from passeur.skills.tests.factories import ThemeFactory

from .. import queries, tasks
from ..choices import Withholding
from ..models import Network
from ..services import Told, follow_exchanges, networks, remake_marked
from ..services.people import freeze
from .company import MONDAY, WEEK, Company

pytestmark = pytest.mark.django_db

T = TypeVar("T")
DAY = dt.timedelta(days=1)
NOON = dt.datetime.combine(MONDAY, dt.time(12), dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def company():
    return Company(Atelier=6, Bureau=6)


def slice_of(company, *, first=MONDAY, last=MONDAY + 4 * WEEK - DAY, by=None, **options):
    return queries.slice_of(by or company.manager, first=first, last=last, **options)


def test_participation_is_who_took_part_over_who_belongs(company):
    company.act(*company.everybody[:3])
    company.act(company.everybody[0], company.everybody[4], on=MONDAY + DAY)
    company.act(company.everybody[5], verb=records.FOLLOWED)  # is no part in anything
    company.act(company.manager)  # animates
    assert queries.participation(slice_of(company)) == Share(4, 12)


def test_participation_in_a_theme_counts_those_below_it(company):
    root = ThemeFactory.create(community=company.community)
    below = ThemeFactory.create(parent=root)
    company.act(*company.everybody[:2], themes=[below.pk])
    company.act(company.everybody[3], themes=[root.pk])
    assert queries.participation(slice_of(company, theme=root)) == Share(3, 12)
    assert queries.participation(slice_of(company, theme=below)) == Share(2, 12)


def test_a_slice_holds_only_communities_that_its_reader_answers_for(company):
    member = company.everybody[0]
    assert slice_of(company, by=member).communities == ()
    assert queries.participation(slice_of(company, by=member)).value is None
    member.memberships.update(role=Role.TRAINING_MANAGER)
    assert slice_of(company, by=member).communities == (company.community,)
    other = PrivateCommunityFactory.create()
    assert slice_of(company, among=[other]).communities == ()
    assert slice_of(company, theme=ThemeFactory.create(community=other)).communities == ()


def test_a_larger_group_is_asked_of_those_who_may_be_superiors(company):
    member = company.everybody[0]
    member.memberships.update(role=Role.TRAINING_MANAGER)
    company.act(*company.members["Atelier"][1:4], *company.members["Bureau"][:3])
    assert queries.participation(slice_of(company, team="Bureau")) == Share(3, 6)
    told = queries.participation(slice_of(company, team="Bureau", by=member))
    assert told == queries.Withheld(Withholding.FEW_PEOPLE)


def test_fewer_than_five_people_have_no_figure():
    company = Company(Atelier=4)
    company.act(*company.everybody[:2])
    assert queries.participation(slice_of(company)) == queries.Withheld(Withholding.FEW_PEOPLE)
    assert queries.activity_by_day(slice_of(company)) == queries.Withheld(Withholding.FEW_PEOPLE)
    assert queries.stickiness(slice_of(company)) == queries.Withheld(Withholding.FEW_PEOPLE)


def test_nearly_nobody_and_nearly_everybody_are_not_told(company):
    company.act(company.everybody[0])
    told = queries.participation(slice_of(company))
    assert told == queries.Withheld(Withholding.NEARLY_ALL_OR_NONE)
    company.act(*company.everybody[:11])
    told = queries.participation(slice_of(company))
    assert told == queries.Withheld(Withholding.NEARLY_ALL_OR_NONE)


def test_a_team_that_would_give_a_small_one_away_is_withheld():
    company = Company(Atelier=7, Bureau=8, Chantier=3)
    company.act(*company.members["Atelier"][:3], *company.members["Bureau"][:3])
    told = {one.team: one.participation for one in queries.teams(slice_of(company))}
    assert told == {
        "Atelier": queries.Withheld(Withholding.GIVES_OTHERS_AWAY),
        "Bureau": Share(3, 8),
        "Chantier": queries.Withheld(Withholding.FEW_PEOPLE),
    }


def test_stickiness_is_the_mean_of_a_day_over_its_month(company):
    company.act(*company.everybody[:2])
    company.act(company.everybody[0], on=MONDAY + DAY)
    assert shown(queries.stickiness(slice_of(company))) == pytest.approx((2 / 2 + 1 / 2) / 28, abs=0.005)


def test_health_is_the_last_month_over_the_year(company):
    company.act(*company.everybody[:4], on=MONDAY - dt.timedelta(days=200))
    company.act(*company.everybody[3:6])
    assert queries.health(slice_of(company)) == Share(3, 5)  # of six, rounded


def test_rhythm_counts_weeks_in_which_three_started_something(company):
    company.act(*company.everybody[:3], verb=records.ASKED)
    company.act(*company.everybody[:2], verb=records.ASKED, on=MONDAY + WEEK)
    company.act(*company.everybody[:5], verb=records.ANSWERED, on=MONDAY + 2 * WEEK)
    assert queries.rhythm(slice_of(company)) == Share(1, 4)


def test_activity_by_day_theme_and_kind(company):
    theme = ThemeFactory.create(community=company.community)
    company.act(*company.everybody[:2], themes=[theme.pk])
    company.act(company.everybody[2], verb=records.REACTED, on=MONDAY + DAY)
    company.act(company.everybody[3], verb=records.JOINED)
    asked = slice_of(company, last=MONDAY + 2 * DAY)
    assert [one.count for one in shown(queries.activity_by_day(asked))] == [2, 1, 0]
    assert queries.activity_by_theme(asked) == [queries.ThemeCount(theme.pk, 2)]
    assert [(one.verb, one.count) for one in shown(queries.activity_by_kind(asked))] == [
        (records.ANSWERED.iri, 2), (records.REACTED.iri, 1),
    ]  # fmt: skip


def shown(figure: T | queries.Withheld | None) -> T:
    """A figure that the guard lets through."""
    assert not isinstance(figure, queries.Withheld)
    assert figure is not None
    return figure


def told(company, number, hours=None, *, asked=NOON, goal=24, asker=0, **more):
    return Told(
        number, company.community.pk, "question", asks=True, asked_at=asked, state="",
        due_at=asked + goal * HOUR, asker=company.everybody[asker].pk,
        replied_at=None if hours is None else asked + hours * HOUR,
        **{"is_resolved": False, **more},
    )  # fmt: skip


def test_response_counts_those_who_still_wait(company):
    follow_exchanges(
        [
            told(company, 1, 2),
            told(company, 2, 3, asker=1, is_resolved=True, accepted_at=NOON + 5 * HOUR),
            told(company, 3, 30, asker=2),
            told(company, 4, asker=3),  # waits, and its goal is past
            told(company, 5, asker=4, goal=400),  # waits, not due
            told(company, 6, 1, asker=5, goal=400),  # replied in time, not due either
        ]
    )
    found = queries.Ledger(slice_of(company), now=NOON + 10 * DAY).questions()
    assert (found.asked, found.replied) == (6, Share(4, 6))
    assert found.goal == Share(0, 0)  # not all of the week can be judged
    assert found.outcomes.resolved == Share(1, 6)
    assert found.outcomes.unanswered == Share(1, 6)
    assert found.newcomers is None  # the block is not over
    later = queries.Ledger(slice_of(company), now=NOON + 30 * DAY).questions()
    assert later.goal == later.newcomers == Share(3, 6)
    # by hand: 6 at risk; served after 1, 2, 3 h, then after 30 h
    assert found.waits.at(24 * 3600).value == pytest.approx(3 / 6)
    assert found.waits.at(31 * 3600).value == pytest.approx(2 / 6)


def test_a_curve_of_days_is_the_one_of_all_waits_to_the_unit_of_its_bins(company):
    chance = random.Random(7)
    hours = [chance.expovariate(1 / 20) for _ in range(400)]
    closed = [chance.expovariate(1 / 60) for _ in hours]
    follow_exchanges(
        [
            told(company, number, wait, asker=number % 12)
            if wait <= left
            else told(company, number, asker=number % 12, closed_at=NOON + left * HOUR)
            for number, (wait, left) in enumerate(zip(hours, closed, strict=True))
        ]
    )
    remake_marked()
    binned = queries.Ledger(slice_of(company)).questions().waits
    exact = kaplan_meier(
        [min(pair) for pair in zip(hours, closed, strict=True)],
        [wait <= left for wait, left in zip(hours, closed, strict=True)],
    )
    for end in ENDS:
        if end <= 48:
            assert binned.at(end * 3600).value == pytest.approx(exact.at(end).value, abs=0.005)
    median, found = exact.median.value, binned.median.value
    assert median is not None
    assert found is not None
    width = next(end - start for start, end in pairwise((0, *ENDS)) if end >= median)
    assert found / 3600 == pytest.approx(median, abs=width)


def test_response_of_a_theme_needs_people_in_it_and_outside_of_it(company):
    theme = ThemeFactory.create(community=company.community)
    follow_exchanges(
        [
            told(company, number, 2, asker=number, themes=[theme.pk] if number < 6 else [])
            for number in range(12)
        ]
    )
    found = queries.Ledger(slice_of(company, theme=theme), now=NOON + 40 * DAY).questions()
    assert (found.asked, found.goal) == (6, Share(6, 6))
    follow_exchanges([], gone=[10, 11])  # four people are left outside
    assert queries.Ledger(slice_of(company, theme=theme), now=NOON + 40 * DAY).questions().is_nothing


def test_accepted_answers_on_few_people(company):
    theme = ThemeFactory.create(community=company.community)
    follow_exchanges(
        [
            told(
                company,
                number,
                1,
                themes=[theme.pk],
                accepted_at=NOON + HOUR,
                helper=company.everybody[who].pk,
            )
            for number, who in enumerate([1, 1, 1, 2])
        ]
    )
    (found,) = shown(queries.held_by_few(slice_of(company)))
    assert (found.theme, found.accepted, found.absence_factor) == (theme.pk, 4, 1)
    assert found.concentration == pytest.approx(10 / 16)


def test_the_network_of_ninety_days(company):
    one, two, three, four = company.everybody[:4]
    company.act(one, concerned=[two])
    company.act(two, concerned=[one])
    company.act(three, concerned=[one])
    company.act(four, concerned=[two], on=MONDAY - dt.timedelta(days=120))  # too long ago
    assert queries.network(slice_of(company)) is None
    networks.remember(MONDAY + 4 * WEEK)
    found = shown(queries.network(slice_of(company)))
    assert found.day == MONDAY + 4 * WEEK - DAY
    assert found.isolated == Share(10, 12)  # nine, to the nearest five
    assert found.one_tie == queries.Withheld(Withholding.NEARLY_ALL_OR_NONE)  # two people
    assert found.unheard == queries.Withheld(Withholding.NEARLY_ALL_OR_NONE)  # one person
    assert found.reciprocity == queries.Withheld(Withholding.FEW_PEOPLE)  # one pair of two
    assert found.openness == dict.fromkeys(["Atelier", "Bureau"], queries.Withheld(Withholding.FEW_PEOPLE))


def test_the_map_of_teams_is_made_with_the_network_and_small_ones_are_no_map(company):
    one, two, three = company.everybody[:3]
    company.act(one, concerned=[two])
    company.act(two, concerned=[one, three])
    networks.remember(MONDAY + 4 * WEEK)
    row = Network.objects.get(day=MONDAY + 4 * WEEK - DAY)
    told = row.links["team"]
    assert {name: size for name, (size, _, _) in row.teams.items()} == told["people"]
    assert sum(count for *_, count in told["pairs"]) == row.external + row.internal > 0
    Network.objects.update(links={}, closeness=None)
    networks.remember(MONDAY + 4 * WEEK)  # made by an earlier version, it is made whole
    assert Network.objects.get(day=row.day).links == row.links
    Network.objects.update(closeness=None)
    networks.remember(MONDAY + 4 * WEEK)
    assert Network.objects.get(day=row.day).closeness == row.closeness


def test_places_in_the_network_are_made_with_it(company):
    one, two, three = company.everybody[:3]
    company.act(one, concerned=[two])
    company.act(two, concerned=[one])
    company.act(one, concerned=[three])
    networks.remember(MONDAY + 4 * WEEK)
    row = Network.objects.get(day=MONDAY + 4 * WEEK - DAY)
    # Two and three reach each other through one; each of the three reaches two of the eleven others.
    assert (row.people, row.tied, row.half) == (12, 2, 1)
    assert row.closeness == pytest.approx(2 / 11 * (1 + 2 / 3 + 2 / 3) / 12)


def test_the_first_counts_of_a_network_do_not_wait_for_the_hour(company):
    assert networks.is_missing()
    tasks.roll(0)
    assert not networks.is_missing()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    assert queries.network(slice_of(company, last=yesterday)) is not None


def test_who_came_later_counts_from_the_four_weeks_in_which_they_came(company):
    company.act(*company.everybody[:4])
    late = MembershipFactory.create(community=company.community, member__team="Atelier").member
    company.act(late, on=MONDAY + 2 * WEEK)
    assert queries.participation(slice_of(company)) == Share(4, 12)  # newcomers wait for Monday
    freeze(MONDAY + WEEK)
    assert queries.participation(slice_of(company)) == Share(5, 13)
    company.act(late, *company.everybody[:2], on=MONDAY + 4 * WEEK)
    later = slice_of(company, first=MONDAY + 4 * WEEK, last=MONDAY + 8 * WEEK - DAY)
    assert queries.participation(later) == Share(3, 13)


def test_figures_are_the_same_where_groups_are_read_once(company):
    company.act(*company.everybody[:8])
    newcomer = MembershipFactory.create(community=company.community).member
    freeze(MONDAY + 5 * WEEK)
    company.act(newcomer, *company.everybody[2:9], on=MONDAY + 5 * WEEK)
    sight = slice_of(company, last=MONDAY + 8 * WEEK - DAY)

    def figures():
        of = (queries.participation, queries.participation_by_block, queries.health, queries.stickiness)
        return [one(sight) for one in (*of, queries.rhythm, queries.teams, queries.activity_by_day)]

    apart = figures()
    with queries.read_once((MONDAY - 60 * WEEK, sight.last)):
        assert figures() == apart
    assert shown(apart[0]).value
    assert len({share.of for _begun, share in apart[1] if isinstance(share, Share)}) == 2


def test_the_period_before_has_as_many_days(company):
    before = queries.previous(slice_of(company))
    assert (before.first, before.last) == (MONDAY - 4 * WEEK, MONDAY - DAY)


def asked_of(slice):
    return queries.Ledger(slice).questions().goal


@pytest.mark.parametrize(
    ("figure", "most"),
    [
        (queries.participation, 3), (queries.health, 3), (queries.stickiness, 3), (queries.rhythm, 2),
        (queries.teams, 3), (queries.activity_by_day, 2), (asked_of, 5), (queries.network, 1),
        (queries.held_by_few, 2),
    ],
)  # fmt: skip
def test_a_figure_takes_few_queries_whatever_it_counts(company, figure, most, django_assert_max_num_queries):
    company.act(*company.everybody[:5])
    asked = slice_of(company)
    with django_assert_max_num_queries(most):
        figure(asked)
