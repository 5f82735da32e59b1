"""Channels for tests: a factory a model."""

from __future__ import annotations

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import CommunityFactory

from ..models import Channel, Identity, ImportRun


class ChannelFactory(DjangoModelFactory[Channel]):
    """A site elsewhere."""

    class Meta:
        model = Channel

    community = SubFactory(CommunityFactory)
    kind = "stackexchange"
    address = Sequence(lambda n: f"site-{n}.example")


class IdentityFactory(DjangoModelFactory[Identity]):
    """An account there."""

    class Meta:
        model = Identity

    channel = SubFactory(ChannelFactory)
    external_id = Sequence(str)
    member = SubFactory(MemberFactory)


class ImportRunFactory(DjangoModelFactory[ImportRun]):
    """A run that has begun."""

    class Meta:
        model = ImportRun

    channel = SubFactory(ChannelFactory)
