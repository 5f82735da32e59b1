"""Files of invitations for tests."""

from __future__ import annotations

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from passeur.accounts.tests.factories import AdministratorFactory
from passeur.communities.tests.factories import CommunityFactory

from ..choices import Between, Encoding, Verdict
from ..models import Batch, BatchLine


class BatchFactory(DjangoModelFactory[Batch]):
    """A file that was checked."""

    class Meta:
        model = Batch

    made_by = SubFactory(AdministratorFactory)
    encoding = Encoding.UTF8
    between = Between.SEMICOLON


class BatchLineFactory(DjangoModelFactory[BatchLine]):
    """A line that invites an address."""

    class Meta:
        model = BatchLine

    batch = SubFactory(BatchFactory)
    number = Sequence(lambda n: n + 2)
    address = Sequence(lambda n: f"ligne{n}@orvelle.example")
    community = SubFactory(CommunityFactory)
    plan = Verdict.INVITE
