"""A company made at random, as the rows that figures are made of: people are bits, twelve weeks long."""

from __future__ import annotations

import datetime as dt
import random

from passeur.communities.choices import Role
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory
from passeur.skills.tests.factories import ThemeFactory

from ..choices import Act
from ..models import Population, Presence, Total, Word
from ..services.people import bitmap, packed
from .company import MONDAY, WEEK

DAY = dt.timedelta(days=1)
WEEKS = 12
WHOLE = ""


class Firm:
    """A community with teams of 1 to 9, people of no team, some who come late and some who change teams."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        sizes = [chance.randint(1, 9) for _ in range(chance.randint(2, 4))]
        team = [f"T{number}" for number, size in enumerate(sizes) for _ in range(size)]
        team += [""] * chance.randint(0, 4)
        self.people = range(1, len(team) + 1)
        self.since = {one: chance.choice([0] * 9 + [1, 4, 5]) for one in self.people}
        self.teams = [dict(zip(self.people, team, strict=True)) for _block in range(3)]
        for _mover in range(chance.randint(0, 2)):
            self.teams[chance.choice([1, 2])][chance.choice(self.people)] = chance.choice(["T0", "T1"])
        share = chance.choice([0.04, 0.15, 0.5, 0.9])
        self.acts = {
            (one, week): (chance.randrange(7), chance.random() < 0.4)
            for one in self.people
            for week in range(self.since[one], WEEKS)
            if chance.random() < share
        }
        """By person and week: on which day, and whether it was about the theme."""
        self.community = CommunityFactory.create()
        self.theme = ThemeFactory.create(community=self.community)
        self.manager, self.training_manager = (
            MembershipFactory.create(community=self.community, role=role).member
            for role in (Role.LCM, Role.TRAINING_MANAGER)
        )
        self._keep()

    def team_of(self, one: int, block: int) -> str:
        """Their team of a block; none for who was not there when it began."""
        return self.teams[block][one] if self.since[one] <= 4 * block else ""

    def took_part(self, one: int, first: int, last: int, *, themed: bool = False) -> bool:
        """On the days (by number) from one to another."""
        return any(
            person == one and first <= 7 * week + day <= last and (about or not themed)
            for (person, week), (day, about) in self.acts.items()
        )

    def statements(self, first: int, last: int) -> int:
        """How much was written on these days."""
        return sum(first <= 7 * week + day <= last for (_, week), (day, _) in self.acts.items())

    def _keep(self) -> None:
        for week in range(WEEKS):
            here = [one for one in self.people if self.since[one] <= week]
            names = {"", *(name for some in self.teams for name in some.values())}
            groups = {name: [one for one in here if self.teams[week // 4][one] == name] for name in names}
            Population.objects.bulk_create(
                Population(
                    community=self.community.pk, team=name, since=MONDAY + week * WEEK,
                    bits=packed(bitmap(some)), size=len(some),
                )
                for name, some in {**groups, WHOLE: here}.items()
            )  # fmt: skip
        verb, _ = Word.objects.get_or_create(
            key="00000000-0000-0000-0000-000000000001", is_own=True, defaults={"act": Act.TAKES_PART}
        )
        for day in range(7 * WEEKS):
            for theme in (0, self.theme.pk):
                active = [one for one in self.people if self.took_part(one, day, day, themed=bool(theme))]
                if active:
                    place = {"community": self.community.pk, "theme": theme, "day": MONDAY + day * DAY}
                    Presence.objects.create(taking_part=packed(bitmap(active)), starting=b"", **place)
                    Total.objects.create(
                        verb=verb.pk, kind=0, statements=len(active), people=len(active), **place
                    )
