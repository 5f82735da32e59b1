"""Who replies by team, and how many reached a milestone: an adversary with all periods singles nobody out.

Tried, over companies made at random: teams of which none to nine people reply, and people of no team, in four
blocks of four weeks; how many of a community reached each milestone; all periods of one block or several, by
the LCM and by the training manager, the two together. Unknown is how often those of each team replied in each
block, and how many reached what. Found is how often fewer than five people replied, or that nobody or
everybody reached something.
"""

from __future__ import annotations

import datetime as dt
import random
from importlib import import_module

import pytest

from passeur.algorithms.measures.estimates import Share
from passeur.communities.choices import Role
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory
from passeur.foundation.tests.adversary import Adversary, Unknown
from passeur.foundation.tests.chance import by_chance

from .. import queries
from ..choices import Milestone
from ..models import TeamReplies
from .company import MONDAY, WEEK
from .factories import ReachedFactory, TeamRepliesFactory

pytestmark = pytest.mark.django_db
by_block = import_module(queries.replies_by_team.__module__)
SEEDS = range(12)
BLOCKS = 4
TEAMS = ("T0", "T1", "T2", "T3", "")


class Place:
    """A community of ten to thirty, and what its people did in each block."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        self.community = CommunityFactory.create()
        self.readers = [
            MembershipFactory.create(community=self.community, role=role).member
            for role in (Role.LCM, Role.TRAINING_MANAGER)
        ]
        self.people = chance.randint(10, 30)
        self.replying: dict[tuple[str, int], int] = {}
        self.replies: dict[tuple[str, int], int] = {}
        self.reached: dict[tuple[Milestone, int], int] = {}
        for block in range(BLOCKS):
            begun = MONDAY + 4 * block * WEEK
            for team in TEAMS:
                people = chance.choice([0, 1, 2, 4, 5, 6, 9])
                self.replying[team, block] = people
                self.replies[team, block] = sum(chance.choice([1, 1, 2, 5]) for _ in range(people))
                if people or not team:
                    TeamRepliesFactory.create(
                        community=self.community.pk, begun=begun, team=team, people=people,
                        replies=self.replies[team, block],
                    )  # fmt: skip
            for milestone in Milestone:
                # each person at most once, in all blocks together
                count = chance.choice([0, 0, 1, 2, 3, self.people // BLOCKS])
                self.reached[milestone, block] = count
                ReachedFactory.create(
                    community=self.community.pk, begun=begun, milestone=milestone, people=self.people,
                    count=count,
                )  # fmt: skip

    def sights(self):
        """Each reader's view of each period of whole blocks, with the numbers of these."""
        for reader in self.readers:
            for first in range(BLOCKS):
                for last in range(first, BLOCKS):
                    begun, ended = MONDAY + 4 * first * WEEK, MONDAY + 4 * (last + 1) * WEEK
                    sight = queries.slice_of(reader, first=begun, last=ended - dt.timedelta(days=1))
                    yield sight, range(first, last + 1)


def around(told):
    slack = 2 if by_block.rounded(3) == 5 else 0
    return max(0, told - slack), told + slack


def attack_replies(place):
    """The sets of replies of few people whose number somebody finds out."""
    adversary = Adversary()
    for cell in place.replies:
        adversary.meet(cell, 1000)
    for cell, people in place.replying.items():
        adversary.weigh({cell: -1}, -people)  # whoever replies does so once at least
        if not people:
            adversary.weigh({cell: 1}, 0)
    for sight, blocks in place.sights():
        told_in = {block: told_of(place, sight, block) for block in blocks}
        for team, one in queries.replies_by_team(sight).items():
            if isinstance(one, queries.Withheld):
                continue
            there = [block for block in blocks if team in told_in[block]]
            adversary.between([(team, block) for block in there], *around(one.replies))
            adversary.between([(other, block) for block in there for other in TEAMS], *around(one.of))
    found = []
    for block in range(BLOCKS):
        for some in (*((team,) for team in TEAMS), *pairs(TEAMS)):
            people = sum(place.replying[team, block] for team in some)
            cells = [(team, block) for team in some]
            truth = sum(place.replies[cell] for cell in cells)
            if 0 < people < 5 and adversary.is_certain(cells, truth):
                found.append((some, block, people))
    return found


def pairs(names):
    return [(one, other) for place, one in enumerate(names) for other in names[place + 1 :]]


def told_of(place, sight, block):
    """The teams that a reader is told of in a block, which periods of one block show."""
    rows = TeamReplies.objects.filter(community=place.community.pk, begun=MONDAY + 4 * block * WEEK)
    by_team = {row.team: row for row in rows}
    return by_block.open_teams(by_block.replied(by_team), sight.smallest[place.community.pk])


def attack_milestones(place):
    """The milestones that nobody or everybody is known to have reached in a block."""
    adversary = Adversary()
    for cell in place.reached:
        adversary.meet(cell, place.people)
    for milestone in Milestone:  # each person once
        row: dict[Unknown, float] = {(milestone, block): 1.0 for block in range(BLOCKS)}
        adversary.weigh(row, place.people)
    for sight, blocks in place.sights():
        for milestone, figure in queries.milestones(sight).items():
            if isinstance(figure, Share):
                adversary.between([(milestone, block) for block in blocks], *around(figure.count))
    return adversary.solved()


@pytest.mark.parametrize("seed", by_chance(SEEDS))
def test_nobody_is_singled_out(seed):
    place = Place(seed)
    assert (attack_replies(place), attack_milestones(place)) == ([], [])


def test_much_is_told_all_the_same():
    told = [one for seed in SEEDS for sight, _ in Place(seed).sights() for one in figures(sight)]
    assert sum(not isinstance(one, queries.Withheld) for one in told) >= len(told) / 4


def figures(sight):
    return [*queries.replies_by_team(sight).values(), *queries.milestones(sight).values()]


def test_without_complementary_suppression_people_are_found(monkeypatch):
    def each_alone(by_team, smallest):
        return frozenset(team for team, some in by_team.items() if team and some.is_safe(smallest))

    monkeypatch.setattr(by_block, "open_teams", each_alone)
    monkeypatch.setattr(by_block, "rounded", lambda count: count)
    assert any(attack_replies(Place(seed)) for seed in SEEDS)


def test_with_counts_to_the_unit_people_are_found(monkeypatch):
    monkeypatch.setattr(by_block, "rounded", lambda count: count)
    monkeypatch.setattr(by_block, "count_of_people", lambda people, count, smallest: Share(count, people))
    assert any(attack_milestones(Place(seed)) for seed in SEEDS)
