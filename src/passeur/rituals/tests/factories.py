"""Rituals for tests."""

from __future__ import annotations

import datetime as dt

from factory.declarations import LazyAttribute, SubFactory
from factory.django import DjangoModelFactory

from passeur.communities.tests.factories import CommunityFactory, MembershipFactory

from ..models import Occurrence, Ritual

MONDAY = dt.date(2026, 3, 2)


class RitualFactory(DjangoModelFactory[Ritual]):
    """A question every Monday at nine, from the 2nd of March 2026 on."""

    class Meta:
        model = Ritual

    community = SubFactory(CommunityFactory)
    title = "La question du lundi"
    text = "Qu’avez-vous appris la semaine dernière ?"
    owner = LazyAttribute(lambda o: MembershipFactory(community=o.community).member)
    substitute = LazyAttribute(lambda o: MembershipFactory(community=o.community).member)
    starts_on = MONDAY
    since = MONDAY


class OccurrenceFactory(DjangoModelFactory[Occurrence]):
    """The first Monday."""

    class Meta:
        model = Occurrence

    ritual = SubFactory(RitualFactory)
    day = MONDAY
    at = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
