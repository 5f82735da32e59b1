"""People: by address, by handle, and those one may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Case, Q, QuerySet, When
from django.urls import reverse
from django.utils import timezone

from passeur.foundation.folded import Folded, NameBeginnings, NameWords
from passeur.foundation.prepared import Prepared, Question
from passeur.foundation.text import fold_name

from .. import policies
from ..models import Member
from .drawn import drawn


def by_email(address: str) -> Member | None:
    """Who signs in with that address, whatever its case."""
    return Member.objects.filter(email=address.strip().lower()).first()


def visible(viewer: Member) -> QuerySet[Member]:
    """The members whose profile `viewer` may read, by name."""
    return Member.objects.filter(policies.visible_to(viewer)).order_by(Folded("name"), "pk")


def by_handles(handles: Collection[str]) -> QuerySet[Member]:
    """The members that `@handles` name."""
    return Member.objects.filter(handle__in={handle.lower() for handle in handles})


def profiles_by_handle(handles: Collection[str], among: QuerySet[Member]) -> dict[str, tuple[int, str, str]]:
    """By handle, for those of `among`: key, name and address of the profile."""
    found = among.filter(handle__in={handle.lower() for handle in handles})
    return {
        str(member.handle): (member.pk, member.name, reverse("accounts:profile", args=[member.pk]))
        for member in found
    }


def imported() -> Q:
    """Came with an import and is nobody's yet."""
    return Q(email=None, erased_at=None, merged_into=None, is_machine=False)


def is_available(on: dt.date | None = None) -> Q:
    """Can be asked a question on that day: has an account, wants it, has room at all, makes no pause."""
    day = on or timezone.localdate()
    return Q(
        is_active=True, is_machine=False, receives_questions=True, weekly_cap__gt=0, email__isnull=False
    ) & (Q(paused_until=None) | Q(paused_until__lt=day))


def is_introducible() -> Q:
    """Can be proposed to somebody: has an account, and has not said that they would rather not be."""
    return Q(is_active=True, is_machine=False, introducible=True, email__isnull=False, erased_at=None)


def named(viewer: Member, folded: str, *, most: int) -> list[Member]:
    """People `viewer` may see in whose name a word begins so (`fold_name`); whose name starts so first."""
    return list(_named(viewer, folded)[:most]) if folded else []


def named_asked(viewer: Member, folded: str, *, most: int) -> Question:
    """The same, to be asked with what a page reads: rows with the person (`person`) as `Drawn`."""
    rows = _named(viewer, folded).values(person=drawn())[:most]
    return Prepared(lambda: rows).asked()


def _named(viewer: Member, folded: str) -> QuerySet[Member]:
    return (
        visible(viewer)
        .filter(merged_into=None, is_active=True)
        .annotate(folded=Folded("name"), words=NameWords("name"))
        .filter(words=NameBeginnings(folded), folded__contains=folded)
        .annotate(starts=Case(When(folded__startswith=folded, then=0), default=1))
        .order_by("starts", "folded", "pk")
    )


def accounts_and_imported() -> QuerySet[Member]:
    """Everybody who is or was somebody here, by name: for whoever runs the installation, and nobody else."""
    return (
        Member.objects.filter(is_machine=False, merged_into=None, erased_at=None)
        .annotate(folded=Folded("name"))
        .order_by("folded", "pk")
    )


def states_of(addresses: Collection[str]) -> dict[str, bool]:
    """By address (small letters), whether the account is open; an address without one is not in it."""
    found = Member.objects.filter(email__in=addresses).values_list("email", "is_active")
    return {str(email): is_active for email, is_active in found}


def beginning_so(people: QuerySet[Member], words: str) -> QuerySet[Member]:
    """Of these, in whose name words begin so, or whose address does."""
    folded = fold_name(words)
    if not folded:
        return people
    found = people.annotate(words=NameWords("name"))
    address = Q(email__startswith=words.strip().lower())
    return found.filter(address if "@" in words else address | Q(words=NameBeginnings(folded)))
