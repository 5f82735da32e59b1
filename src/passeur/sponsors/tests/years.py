"""Communities made at random, with members in common, in which people ask for three months of 2026."""

from __future__ import annotations

import datetime as dt
import random

from django.utils import timezone

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import CommunityFactory, ManagerFactory, MembershipFactory
from passeur.engagement.services import Told, follow_exchanges, remake_marked
from passeur.engagement.tests.factories import PopulationFactory

from .. import queries
from .factories import SponsorFactory

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
MONTHS = (dt.date(2026, 5, 1), dt.date(2026, 6, 1), dt.date(2026, 7, 1))
"""Five weeks, four and four; the first report leaves on the day after the last of its weeks."""
LEAVES = tuple(
    timezone.make_aware(dt.datetime.combine(day, dt.time(6, 20)))
    for day in (dt.date(2026, 6, 1), dt.date(2026, 7, 1), dt.date(2026, 8, 3))
)
FIRST = queries.period_of(MONTHS[0]).first
WEEKS = 13


class Place:
    """One community, its sponsor, and who asked what: by number, (week, member, whether it was resolved)."""

    def __init__(self, people, chance):
        self.community = CommunityFactory.create()
        self.manager = ManagerFactory.create(community=self.community).member
        self.sponsor = SponsorFactory.create(community=self.community, named_by=self.manager)
        self.members = {one.pk: one for one in people}
        for one in people:
            MembershipFactory.create(community=self.community, member=one)
        PopulationFactory.create(
            community=self.community.pk, team="", since=FIRST - 60 * DAY, size=len(people)
        )
        self.asked: dict[int, tuple[int, int, bool]] = {}
        for week in range(WEEKS):
            for who in self.members:
                for _ in range(chance.choice([0, 1, 1, 1, 1, 2])):
                    self.asked[1000 * self.community.pk + len(self.asked)] = (
                        week,
                        who,
                        chance.random() < 0.5,
                    )
        self.tell(self.asked)

    def tell(self, numbers, *, gone=()):
        """These stand so, and those `gone` are no more."""
        follow_exchanges([self._told(number) for number in numbers], gone=list(gone))
        remake_marked()

    def _told(self, number):
        week, who, is_resolved = self.asked[number]
        at = timezone.make_aware(dt.datetime.combine(FIRST + week * WEEK + number % 5 * DAY, dt.time(10)))
        return Told(
            number, self.community.pk, "question", asks=True, asked_at=at, state="answered",
            is_resolved=is_resolved, asker=who, themes=[], due_at=at + 4 * DAY,
            replied_at=None if (hours := replied_after(number)) is None else at + dt.timedelta(hours=hours),
            is_helpful=False, is_useful=False, words=40, channel=None,
        )  # fmt: skip


def replied_after(number):
    """The hours that a question waited for its first reply; None of a quarter of them."""
    return 1 + number % 30 if number % 4 else None


def places(seed):
    """Two communities, half of whose members are in both."""
    chance = random.Random(seed)
    people = [MemberFactory.create() for _ in range(30)]
    return [Place(people[:20], chance), Place(people[10:], chance)]
