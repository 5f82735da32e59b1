"""Notes for tests."""

from __future__ import annotations

from factory.declarations import LazyAttribute, SubFactory
from factory.django import DjangoModelFactory

from passeur.communities.tests.factories import CommunityFactory, ManagerFactory, MembershipFactory

from ..choices import Purpose
from ..models import Note


class NoteFactory(DjangoModelFactory[Note]):
    """The LCM of a community welcomes a member of it."""

    class Meta:
        model = Note

    community = SubFactory(CommunityFactory)
    purpose = Purpose.WELCOME
    by = LazyAttribute(lambda o: ManagerFactory(community=o.community).member)
    to = LazyAttribute(lambda o: MembershipFactory(community=o.community).member)
    text = "Bienvenue parmi nous."
