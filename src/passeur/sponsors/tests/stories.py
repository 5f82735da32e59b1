"""A month in a community with enough people in it for figures."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import CommunityFactory, ManagerFactory, MembershipFactory
from passeur.conversations.choices import Part
from passeur.conversations.tests.factories import ContributionFactory, judged, question
from passeur.conversations.tests.told import tell, together
from passeur.engagement.choices import Act
from passeur.engagement.tests.factories import PopulationFactory, PresenceFactory, TotalFactory, WordFactory

from .. import queries


def last_month():
    return queries.latest(timezone.localdate())


def place(people):
    """A community, who leads it, and its members."""
    community = CommunityFactory.create()
    manager = ManagerFactory.create(community=community).member
    members = [MemberFactory.create() for _ in range(people)]
    for member in members:
        MembershipFactory.create(community=community, member=member)
    return community, manager, members


def asked(community, author, at, *, replied_after):
    """A question, replied to after so many hours."""
    one = question(community=community, author=author, created_at=at)
    ContributionFactory.create(
        conversation=one,
        part=Part.ANSWER,
        author=MemberFactory.create(),
        created_at=at + dt.timedelta(hours=replied_after),
    )
    made = judged(one)
    tell(made)
    return made


def lively(community, period, *, people, active):
    """So many members, of whom some took part on the second day of the period, as roll-ups keep it."""

    def bits(many):
        return sum(1 << one for one in range(many)).to_bytes(16, "little")

    first, few = period.first, bits(active)
    PopulationFactory.create(community=community.pk, team="", since=first, bits=bits(people), size=people)
    PresenceFactory.create(
        community=community.pk, theme=0, day=first + dt.timedelta(days=1), taking_part=few, starting=few
    )
    word = WordFactory.create(act=Act.TAKES_PART, is_own=True)
    TotalFactory.create(
        community=community.pk, theme=0, day=first, verb=word.pk, kind=0, statements=42, people=active
    )


def story(people=12, before=12, *, hours=1, hours_before=1, weeks=4):
    """Everybody asks each Tuesday of the month; so did `before` of them in the weeks before."""
    community, manager, members = place(people)
    period = queries.period_of(last_month())
    with together():
        for week in range(min(weeks, period.weeks)):
            tuesday = dt.timedelta(weeks=week, hours=34)
            for member in members:
                asked(community, member, period.since + tuesday, replied_after=hours)
            for member in members[:before]:
                asked(community, member, period.previous.since + tuesday, replied_after=hours_before)
    return community, manager
