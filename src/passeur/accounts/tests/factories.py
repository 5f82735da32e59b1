"""People for tests."""

from __future__ import annotations

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory

from ..models import Member, Merge, MergeMove


class MemberFactory(DjangoModelFactory[Member]):
    """Somebody with an account, and a password only where a test gives one."""

    class Meta:
        model = Member
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Camille Roussel {n}")
    email = factory.Sequence(lambda n: f"camille{n}@orvelle.example")
    handle = factory.Sequence(lambda n: f"camille-roussel-{n}")
    password = "!"

    @factory.post_generation
    def secret(self, create, extracted, **_):
        if extracted:
            self.set_password(extracted)
            self.save(update_fields=["password"])


class VerifiedAddressFactory(DjangoModelFactory[EmailAddress]):
    """The address that allauth knows a member by."""

    class Meta:
        model = EmailAddress

    user = factory.SubFactory(MemberFactory)
    email = factory.LazyAttribute(lambda o: o.user.email)
    verified = True
    primary = True


class ImportedMemberFactory(MemberFactory):
    """Came with an import: no address, no account."""

    name = factory.Sequence(lambda n: f"hopper{n}")
    email = None
    handle = None
    receives_questions = False


class AdministratorFactory(MemberFactory):
    """Runs the installation."""

    is_administrator = True


class MergeFactory(DjangoModelFactory[Merge]):
    """An imported member found to be somebody."""

    class Meta:
        model = Merge

    source = factory.SubFactory(ImportedMemberFactory)
    target = factory.SubFactory(MemberFactory)
    proof = "Le code est sur ma page."


class MergeMoveFactory(DjangoModelFactory[MergeMove]):
    """Rows that a merge moved."""

    class Meta:
        model = MergeMove

    merge = factory.SubFactory(MergeFactory)
    model = "skills.interest"
    field = "member"
    rows = factory.LazyFunction(list)
