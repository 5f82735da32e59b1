"""People for tests."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.helpers import post_generation

from ..models import Member, Merge, MergeMove


class MemberFactory(DjangoModelFactory[Member]):
    """Somebody with an account, and a password only where a test gives one."""

    class Meta:
        model = Member
        skip_postgeneration_save = True

    name = Sequence(lambda n: f"Camille Roussel {n}")
    email: Any = Sequence(lambda n: f"camille{n}@orvelle.example")
    handle: Any = Sequence(lambda n: f"camille-roussel-{n}")
    password = "!"

    @post_generation
    def secret(self: Any, create, extracted, **_):
        if extracted:
            self.set_password(extracted)
            self.save(update_fields=["password"])


class VerifiedAddressFactory(DjangoModelFactory[EmailAddress]):
    """The address that allauth knows a member by."""

    class Meta:
        model = EmailAddress

    user = SubFactory(MemberFactory)
    email = LazyAttribute(lambda o: o.user.email)
    verified = True
    primary = True


class ImportedMemberFactory(MemberFactory):
    """Came with an import: no address, no account."""

    name = Sequence(lambda n: f"hopper{n}")
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

    source = SubFactory(ImportedMemberFactory)
    target = SubFactory(MemberFactory)
    proof = "Le code est sur ma page."


class MergeMoveFactory(DjangoModelFactory[MergeMove]):
    """Rows that a merge moved."""

    class Meta:
        model = MergeMove

    merge = SubFactory(MergeFactory)
    model = "skills.interest"
    field = "member"
    rows = LazyFunction(list)
