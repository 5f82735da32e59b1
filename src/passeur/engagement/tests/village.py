"""A community made at random in which people reply to each other, come, leave and change teams."""

from __future__ import annotations

import random
from itertools import permutations

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.choices import Role
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory

from ..models import Population, Tie
from ..queries import bitmaps
from ..services import networks
from ..services.people import bitmap, packed
from .company import MONDAY, WEEK
from .factories import ActorFactory
from .firm import DAY

WEEKS = 24
"""Six blocks; figures are made of the last three."""
ENDS = (15, 19, 23)
"""The last weeks of these."""


class Village:
    """Ten to 27 people in teams of `least` to 8; weeks in which much is written, little, or nothing.

    With `sites`, each works at one of two, or at a small one, or has not said where.
    """

    def __init__(self, seed: int, *, least: int = 1, sites: bool = False) -> None:
        chance = random.Random(seed)
        sizes = [chance.randint(least, 8) for _ in range(3)]
        teams = [f"T{number}" for number, size in enumerate(sizes) for _ in range(size)]
        teams += [""] * max(chance.randint(0, 3), 10 - len(teams))
        self.people = range(1, len(teams) + 1)
        self.community = CommunityFactory.create()
        self.manager, self.training_manager = (
            MembershipFactory.create(community=self.community, role=role).member
            for role in (Role.LCM, Role.TRAINING_MANAGER)
        )
        self.since = {one: chance.choice([0] * 9 + [17, 21]) for one in self.people}
        self.until = {one: chance.choice([WEEKS] * 9 + [17, 20]) for one in self.people}
        self.teams = [dict(zip(self.people, teams, strict=True))]
        for _block in range(1, WEEKS // 4):
            moved = (
                {chance.choice(self.people): chance.choice(["T0", "T1", ""])} if chance.random() < 0.2 else {}
            )
            self.teams.append(self.teams[-1] | moved)
        there = ("Brest", "Brest", "Lille", "Lille", "Metz", "") if sites else ("",)
        self.site_of = {one: chance.choice(there) for one in self.people}
        quiet = chance.choice([0.0, 0.3, 0.8])
        self.replies = {week: self._replies(chance, quiet, week) for week in range(WEEKS)}
        self._keep()

    def here(self, week: int) -> list[int]:
        """Who belongs in a week."""
        return [one for one in self.people if self.since[one] <= week < self.until[one]]

    def in_block(self, week: int) -> list[int]:
        """Who belonged in one of the weeks of a week's block."""
        begun = week - week % 4
        return [one for one in self.people if self.since[one] <= begun + 3 and begun < self.until[one]]

    def team_of(self, one: int, week: int) -> str:
        """Their team in the block of a week; none for who was not there when it began."""
        begun = week - week % 4
        return self.teams[week // 4][one] if self.since[one] <= begun else ""

    def _replies(self, chance: random.Random, quiet: float, week: int) -> list[tuple[int, int]]:
        pairs = list(permutations(self.here(week), 2))
        number = 0 if chance.random() < quiet else chance.choice([0, 1, 2, 6])
        return chance.sample(pairs, number)

    def _keep(self) -> None:
        actors = {
            one: ActorFactory.create(bit=one, member=MemberFactory.create(site=site) if site else None).pk
            for one, site in self.site_of.items()
        }
        for week in range(WEEKS):
            groups: dict[str, list[int]] = {"": self.here(week)}
            for one in self.here(week):
                if team := self.teams[week // 4][one]:
                    groups.setdefault(team, []).append(one)
            for team in ("T0", "T1", "T2"):
                groups.setdefault(team, [])
            since = MONDAY + week * WEEK
            Population.objects.bulk_create(
                Population(
                    community=self.community.pk, team=team, since=since,
                    bits=packed(bitmap(some)), size=len(some),
                )
                for team, some in groups.items()
            )  # fmt: skip
            Tie.objects.bulk_create(
                Tie(
                    community=self.community.pk,
                    day=since,
                    source=actors[one],
                    target=actors[other],
                    replies=1,
                )
                for one, other in self.replies[week]
            )
        groups_then = bitmaps.groups([self.community.pk], with_teams=True)
        for week in ENDS:
            networks.make(groups_then, self.community.pk, MONDAY + (week + 1) * WEEK - DAY)
