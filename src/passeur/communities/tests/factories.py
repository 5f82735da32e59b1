"""Communities for tests."""

from __future__ import annotations

from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from passeur.accounts.tests.factories import ImportedMemberFactory, MemberFactory

from ..choices import Entry, Role
from ..models import Charter, Claim, Community, Invitation, Membership


class CommunityFactory(DjangoModelFactory[Community]):
    """An open community without a charter."""

    class Meta:
        model = Community

    name = Sequence(lambda n: f"Données au quotidien {n}")
    slug = Sequence(lambda n: f"donnees-{n}")
    purpose = "S’entraider sur les données de tous les jours."


class PrivateCommunityFactory(CommunityFactory):
    """One enters it by invitation, and only its members read it."""

    entry = Entry.INVITATION


class CharterFactory(DjangoModelFactory[Charter]):
    """The next version of a community's charter."""

    class Meta:
        model = Charter

    community = SubFactory(CommunityFactory)
    version = LazyAttribute(lambda o: o.community.charters.count() + 1)
    text = "On demande sans crainte, on répond avec soin."


class MembershipFactory(DjangoModelFactory[Membership]):
    """A current member who accepted the charter in force."""

    class Meta:
        model = Membership

    community = SubFactory(CommunityFactory)
    member = SubFactory(MemberFactory)
    charter_version = LazyAttribute(lambda o: o.community.charters.count() or None)


class ManagerFactory(MembershipFactory):
    """An LCM."""

    role = Role.LCM


class InvitationFactory(DjangoModelFactory[Invitation]):
    """An address that was invited just now."""

    class Meta:
        model = Invitation

    community = SubFactory(CommunityFactory)
    email = Sequence(lambda n: f"invite{n}@orvelle.example")


class ClaimFactory(DjangoModelFactory[Claim]):
    """Somebody says that an imported member is them."""

    class Meta:
        model = Claim

    community = SubFactory(CommunityFactory)
    claimant = SubFactory(MemberFactory)
    imported = SubFactory(ImportedMemberFactory)
    proof = "Le code 7413 est sur mon profil là-bas."
