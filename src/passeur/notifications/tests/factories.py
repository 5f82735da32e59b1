"""Notices for tests, and a Tuesday on which mail leaves."""

from __future__ import annotations

import datetime as dt

from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from passeur.accounts.tests.factories import MemberFactory

from ..models import Choice, Letter, Notice, Wishes


class NoticeFactory(DjangoModelFactory[Notice]):
    """Something told to somebody, not yet seen."""

    class Meta:
        model = Notice

    member = SubFactory(MemberFactory)
    kind = "role"
    object = Sequence(lambda n: n + 1)
    subject = LazyAttribute(lambda o: f"community:{o.object}")
    happened = LazyAttribute(lambda o: [o.object])
    unread = LazyAttribute(lambda o: o.happened)
    unmailed = LazyAttribute(lambda o: o.happened)


class WishesFactory(DjangoModelFactory[Wishes]):
    """What somebody chose."""

    class Meta:
        model = Wishes

    member = SubFactory(MemberFactory)


class ChoiceFactory(DjangoModelFactory[Choice]):
    """How somebody wants to be told of one kind."""

    class Meta:
        model = Choice

    member = SubFactory(MemberFactory)
    kind = "role"
    way = "page"


class LetterFactory(DjangoModelFactory[Letter]):
    """A mail to somebody."""

    class Meta:
        model = Letter

    member = SubFactory(MemberFactory)
    address = LazyAttribute(lambda o: o.member.email)


def tuesday(hour: int = 10) -> dt.datetime:
    """An hour of the Tuesday after next, in Paris: after all that a test did, and nobody’s quiet hours."""
    from zoneinfo import ZoneInfo

    today = dt.datetime.now(ZoneInfo("Europe/Paris"))
    ahead = (1 - today.weekday()) % 7 + 7
    return (today + dt.timedelta(days=ahead)).replace(hour=hour, minute=0, second=0, microsecond=0)


def post(at: dt.datetime | None = None) -> int:
    """Let all mail leave whose time has come on that Tuesday; how many letters left."""
    from .. import services

    return services.post(now=at or tuesday())
