"""Sponsors for tests."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from passeur.communities.tests.factories import CommunityFactory, ManagerFactory

from ..models import Edition, Sponsor, Told


class SponsorFactory(DjangoModelFactory[Sponsor]):
    """An address whose owner said yes."""

    class Meta:
        model = Sponsor

    community = SubFactory(CommunityFactory)
    email = Sequence(lambda n: f"direction{n}@example.org")
    named_by = LazyAttribute(lambda o: ManagerFactory(community=o.community).member)
    confirmed_at = LazyFunction(timezone.now)


class EditionFactory(DjangoModelFactory[Edition]):
    """The report of March 2026, not sent yet."""

    class Meta:
        model = Edition

    sponsor = SubFactory(SponsorFactory)
    month = dt.date(2026, 3, 1)


class ToldFactory(DjangoModelFactory[Told]):
    """Sixteen of forty members took part in March 2026."""

    class Meta:
        model = Told

    community = SubFactory(CommunityFactory)
    month = dt.date(2026, 3, 1)
    figures = LazyFunction(lambda: {"participation": ["share", 16, 40]})
