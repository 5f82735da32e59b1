"""Communities with enough people in them for figures to be shown."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import CommunityFactory, ManagerFactory, MembershipFactory
from passeur.conversations.choices import Part
from passeur.conversations.services import telling
from passeur.conversations.tests.factories import (
    ContributionFactory,
    ConversationThemeFactory,
    judged,
    question,
)
from passeur.conversations.tests.told import tell
from passeur.engagement.services import remake_marked

from ..protocols import Period


def last_weeks(weeks: int = 12) -> Period:
    return Period.latest(weeks, timezone.localdate())


def inside(period: Period, *, week: int = 0, hours: float = 34) -> dt.datetime:
    """A working hour of a week of the period: Tuesday at ten, unless told otherwise."""
    return period.since + dt.timedelta(weeks=week, hours=hours)


def place(people: int = 6, **fields):
    """A community open to all, who leads it, and its members."""
    community = CommunityFactory.create(**fields)
    manager = ManagerFactory.create(community=community).member
    members = [MemberFactory.create() for _ in range(people)]
    for member in members:
        MembershipFactory.create(community=community, member=member)
    return community, manager, members


def asked(community, author, at: dt.datetime, *, replied_after: float | None = None, by=None, **fields):
    """A question, replied to after so many hours."""
    one = question(community=community, author=author, created_at=at, **fields)
    if replied_after is not None:
        ContributionFactory.create(
            conversation=one,
            part=Part.ANSWER,
            author=by or MemberFactory.create(),
            created_at=at + dt.timedelta(hours=replied_after),
        )
    made = judged(one)
    tell(made)
    return made


def told(*communities):
    """The measures hear of all that was done there."""
    for community in communities:
        telling.tell_community(community.pk)
    remake_marked()


def themed(conversation, theme):
    """It carries the theme."""
    ConversationThemeFactory.create(conversation=conversation, theme=theme)
    tell(conversation)
