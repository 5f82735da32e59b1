"""An adversary reads every figure of the network with every filter and date, and singles nobody out.

Tried, over communities made at random: who has no tie, one tie, or replies unheard, at the end of each block;
the pairs within each team and out of it; the map, which tells pairs of each two teams and within each; teams
of 1 to 8, and of 5 to 8, people of no team, who come or leave in the middle, who change teams; weeks of which
everybody sees that little or nothing was written, so that what changed between two dates is somebody's doing;
by the LCM and by the training manager, the two together. Unknown is how many of each group of people whom no
filter tells apart are so, how many pairs two groups have, and what of it is of which week. Found is of whom
all or none are so, in 90 days in which anything was written.

Read too: all pairs of the community, those that reply both ways, and the map of sites, where people of a team
work at several. Not tried are closeness and how many half of the ways hang on. Before figures were
those of the ends of blocks and to the nearest five, the same adversary found people.
"""

from __future__ import annotations

from collections import defaultdict
from importlib import import_module
from itertools import pairwise

import pytest

from passeur.algorithms.measures.estimates import Share
from passeur.foundation.tests.adversary import Adversary, in_one_request
from passeur.foundation.tests.chance import by_chance

from .. import queries
from .company import MONDAY, WEEK
from .firm import DAY
from .village import ENDS, WEEKS, Village

pytestmark = pytest.mark.django_db
guard = import_module(queries.network.__module__)
SEEDS = range(10)
WINDOW = 12
"""Weeks of 90 days that end on a Sunday, for ties made on Mondays."""


def attack(village):
    """Of whom somebody who reads all figures knows how they are tied."""
    told, maps = read_all(village)
    crowd = Crowd(village)
    adversary = Adversary()
    weeks = sorted({week for week, _reader in told})
    for week in range(WEEKS):
        meet_week(adversary, crowd, village, week)
    for week in weeks:
        meet(adversary, crowd, week)
    for before, after in pairwise(weeks):
        relate(adversary, crowd, before, after)
    for (week, _reader), figures in told.items():
        read(adversary, crowd, week, figures)
    for (week, _reader, kind), drawn in maps.items():
        read_map(adversary, crowd, week, drawn, kind)
    return [
        (unknown, what)
        for unknown, what in adversary.solved(
            [one for one in adversary.sizes if one[0] in ("isolated", "one", "unheard")]
        )
        if any(village.replies[week] for week in window(unknown[-1]))
    ]


def window(week):
    return range(max(0, week - WINDOW + 1), week + 1)


@in_one_request
def read_all(village):
    """What each reader is told on each Sunday, and what the map draws."""
    found, maps = {}, {}
    for reader in (village.manager, village.training_manager):
        for week in ENDS:
            last = MONDAY + (week + 1) * WEEK - DAY
            sight = queries.slice_of(reader, first=last - 6 * DAY, last=last)
            figures = queries.network(sight)
            if isinstance(figures, queries.NetworkFigures):
                found[(figures.day - MONDAY).days // 7, reader.pk] = figures
                for kind in ("team", "site"):
                    if (drawn := queries.linked(sight, kind)) is not None:
                        maps[(drawn.day - MONDAY).days // 7, reader.pk, kind] = drawn
    return found, maps


class Crowd:
    """People by what filters tell of them."""

    def __init__(self, village):
        self.village = village
        self.groups = defaultdict(list)
        for one in village.people:
            teams = tuple(village.team_of(one, week) for week in range(0, WEEKS, 4))
            kind = (village.since[one], village.until[one], teams, village.site_of[one])
            self.groups[kind].append(one)

    def here(self, week):
        return [group for group in self.groups if group[0] <= week < group[1]]

    def in_block(self, week):
        there = self.village.in_block(week)
        return [group for group, people in self.groups.items() if people[0] in there]

    def team(self, group, week):
        return self.village.team_of(self.groups[group][0], week)

    def name(self, group, week, kind):
        """Of its team or its site."""
        return self.team(group, week) if kind == "team" else self.village.site_of[self.groups[group][0]]

    def size(self, group):
        return len(self.groups[group])


def pairs_of(groups):
    return [(one, other) for number, one in enumerate(groups) for other in groups[number:]]


def possible(crowd, one, other):
    n = crowd.size(one)
    return n * (n - 1) // 2 if one == other else n * crowd.size(other)


def meet_week(adversary, crowd, village, week):
    """How many of each group are tied in a week, and how many pairs: no more than was written."""
    written = len(village.replies[week])
    groups = crowd.here(week)
    for group in groups:
        adversary.meet(("tied", group, week), crowd.size(group))
        adversary.weigh({("tied", group, week): 1}, 2 * written)
    for pair in pairs_of(groups):
        adversary.meet(("pairs in", pair, week), possible(crowd, *pair))
    if groups:
        adversary.weigh({("tied", group, week): 1 for group in groups}, 2 * written)
        adversary.weigh({("pairs in", pair, week): 1 for pair in pairs_of(groups)}, written)


def meet(adversary, crowd, week):
    """The unknowns of a Sunday."""
    groups = crowd.in_block(week)
    for group in groups:
        size = crowd.size(group)
        for what in ("isolated", "one", "unheard"):
            adversary.meet((what, group, week), size)
        adversary.weigh({("isolated", group, week): 1, ("one", group, week): 1}, size)
        adversary.weigh({("isolated", group, week): 1, ("unheard", group, week): 1}, size)
    for pair in pairs_of(groups):
        adversary.meet(("pairs", pair, week), possible(crowd, *pair))
        adversary.meet(("mutual", pair, week), possible(crowd, *pair))
        adversary.implies(("mutual", pair, week), ("pairs", pair, week))
    for group in groups:
        size = crowd.size(group)
        ends = {
            ("pairs", pair, week): -float(pair.count(group)) for pair in pairs_of(groups) if group in pair
        }
        # each who is not isolated has a tie, each of more than one has two
        adversary.weigh({**ends, ("isolated", group, week): -2.0, ("one", group, week): -1.0}, -2.0 * size)
        most = sum(crowd.size(one) for one in groups) - 1
        # whom nobody replied to replies to nobody who replies to them
        ends_both_ways = {
            ("mutual", pair, week): float(pair.count(group)) for pair in pairs_of(groups) if group in pair
        }
        adversary.weigh({**ends_both_ways, ("unheard", group, week): float(most)}, float(size * most))
        adversary.weigh(
            {
                **{key: -value for key, value in ends.items()},
                ("isolated", group, week): float(most),
                ("one", group, week): float(most - 1),
            },
            float(size * most),
        )


def relate(adversary, crowd, before, after):
    """What changes from one Sunday to a later one comes of the weeks that only one of them has."""
    old = [week for week in window(before) if week not in window(after)]
    new = [week for week in window(after) if week not in window(before)]
    both = [group for group in crowd.in_block(before) if group in crowd.in_block(after)]
    gone = [group for group in crowd.in_block(before) if group not in both]
    for pair in pairs_of(both):
        row = {("pairs", pair, after): 1.0, ("pairs", pair, before): -1.0}
        adversary.weigh({**row, **in_weeks("pairs in", pair, crowd, new, pair)}, 0)
        row = {key: -value for key, value in row.items()}
        adversary.weigh({**row, **in_weeks("pairs in", pair, crowd, old, pair)}, 0)
    for group in both:
        row = {("isolated", group, before): 1.0, ("isolated", group, after): -1.0}
        adversary.weigh({**row, **in_weeks("tied", group, crowd, new, (group,))}, 0)
        if not gone:
            row = {key: -value for key, value in row.items()}
            adversary.weigh({**row, **in_weeks("tied", group, crowd, old, (group,))}, 0)


def in_weeks(what, name, crowd, weeks, groups):
    """What happened in those of some weeks in which the groups were there, to be taken off."""
    return {(what, name, week): -1.0 for week in weeks if set(groups) <= set(crowd.here(week))}


def read(adversary, crowd, week, figures):
    """The figures of a Sunday."""
    groups = crowd.in_block(week)
    for what, figure in (
        ("isolated", figures.isolated),
        ("one", figures.one_tie),
        ("unheard", figures.unheard),
    ):
        if isinstance(figure, Share):
            adversary.between([(what, group, week) for group in groups], *around(figure.count, figure.of))
    if isinstance(figures.holding, queries.Holding):
        pairs = [("pairs", pair, week) for pair in pairs_of(groups)]
        adversary.between(pairs, *around(figures.holding.tied))
    if isinstance(figures.reciprocity, Share):
        for what, count in (("mutual", figures.reciprocity.count), ("pairs", figures.reciprocity.of)):
            adversary.between([(what, pair, week) for pair in pairs_of(groups)], *around(count))
    for team, figure in figures.openness.items():
        if isinstance(figure, queries.Withheld):
            continue
        inside: list[tuple[object, ...]] = []
        outside: list[tuple[object, ...]] = []
        for pair in pairs_of(groups):
            teams = [crowd.team(one, week) for one in pair]
            if team in teams and "" not in teams:
                (inside if teams[0] == teams[1] else outside).append(("pairs", pair, week))
        adversary.between(inside, *around(figure.internal))
        adversary.between(outside, *around(figure.external))


def read_map(adversary, crowd, week, drawn, kind):
    """The pairs of each two teams or sites that are drawn, and within each; who is in none is not in it."""
    by_names = defaultdict(list)
    for pair in pairs_of(crowd.in_block(week)):
        teams = [crowd.name(one, week, kind) for one in pair]
        if "" not in teams:
            names = sorted(
                drawn.names.index(team if team in drawn.names else queries.OTHERS) for team in teams
            )
            by_names[tuple(names)].append(("pairs", pair, week))
    for (i, j), unknowns in by_names.items():
        told = drawn.pairs[i][j]
        slack = guard.ROUNDED // 2
        adversary.between(unknowns, max(0, told - slack), told + slack)


def around(told, people=10**6):
    """What a figure to the nearest five can be; of people it is neither nearly none nor nearly all."""
    if guard.ROUNDED == 1:
        return told, told
    return max(2, told - 2), min(people - 2, told + 2)


@pytest.mark.parametrize("seed", by_chance(SEEDS))
def test_nobody_is_singled_out(seed):
    assert attack(Village(seed)) == []


@pytest.mark.parametrize("seed", by_chance(SEEDS))
def test_nobody_is_singled_out_where_teams_are_large_enough_to_be_drawn(seed):
    assert attack(Village(seed, least=5)) == []


@pytest.mark.parametrize("seed", by_chance(range(3)))
def test_nobody_is_singled_out_where_sites_are_drawn_too(seed):
    assert attack(Village(seed, least=5, sites=True)) == []


def test_sites_are_drawn():
    drawn = [kind for seed in range(3) for *_, kind in read_all(Village(seed, least=5, sites=True))[1]]
    assert {"team", "site"} <= set(drawn)


@pytest.mark.walk
def test_teams_are_drawn_and_drawn_apart_however_small_people_are_found(monkeypatch):
    assert any(read_all(Village(seed, least=5))[1] for seed in SEEDS)
    monkeypatch.setattr(guard, "merged", lambda sizes, smallest, most: frozenset())
    assert any(attack(Village(seed)) for seed in SEEDS)


@pytest.mark.walk
def test_without_the_guard_people_are_found(monkeypatch):
    monkeypatch.setattr(guard, "ROUNDED", 1)
    monkeypatch.setattr(guard, "count_of_people", lambda people, count, smallest: Share(count, people))
    monkeypatch.setattr(guard, "_open_teams", lambda row, smallest: list(row.teams))
    assert any(attack(Village(seed)) for seed in SEEDS)


@pytest.mark.walk
def test_with_counts_to_the_unit_people_are_found(monkeypatch):
    monkeypatch.setattr(guard, "ROUNDED", 1)
    assert any(attack(Village(seed)) for seed in SEEDS)
