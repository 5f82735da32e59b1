"""A month in a community with enough people in it for figures."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import CommunityFactory, ManagerFactory, MembershipFactory
from passeur.conversations.choices import Part
from passeur.conversations.services import telling
from passeur.conversations.tests.factories import ContributionFactory, judged, question

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
    telling.tell([made.pk])
    return made


def story(people=12, before=12, *, hours=1, hours_before=1, weeks=4):
    """Everybody asks each Tuesday of the month; so did `before` of them in the weeks before."""
    community, manager, members = place(people)
    period = queries.period_of(last_month())
    for week in range(min(weeks, period.weeks)):
        tuesday = dt.timedelta(weeks=week, hours=34)
        for member in members:
            asked(community, member, period.since + tuesday, replied_after=hours)
        for member in members[:before]:
            asked(community, member, period.previous.since + tuesday, replied_after=hours_before)
    return community, manager
