"""People as whoever runs the installation sees them: who has an account, in which state, with which roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from passeur.accounts import queries as accounts
from passeur.communities import queries as communities

from ..choices import Show

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Invitation, Membership


@dataclass(frozen=True, slots=True)
class Person:
    """What the page of one person shows. Neither where they are signed in nor what they wrote."""

    member: Member
    has_second_factor: bool
    memberships: list[Membership]
    invitations: list[Invitation]


def people(show: Show, words: str = "") -> QuerySet[Member]:
    """By name; `words` begin a word of the name, or the address."""
    found = accounts.accounts_and_imported()
    if show == Show.IMPORTED:
        found = found.filter(accounts.imported())
    elif show == Show.CLOSED:
        found = found.filter(email__isnull=False, is_active=False)
    else:
        found = found.filter(email__isnull=False, is_active=True)
    if show == Show.ADMINISTRATORS:
        found = found.filter(is_administrator=True)
    elif show == Show.NO_FACTOR:
        found = found.filter(accounts.has_no_second_factor())
    return accounts.beginning_so(found, words)


def person(member: Member) -> Person:
    """Three queries."""
    memberships = list(communities.memberships_of(member))
    for membership in memberships:
        membership.member = member
    return Person(
        member,
        accounts.has_second_factor(member),
        memberships,
        list(communities.invitations_to(member.email)) if member.email else [],
    )


def named(pk: int) -> Member | None:
    """Somebody by key, erased people too: they have no name left."""
    found: Member | None = get_user_model()._default_manager.filter(pk=pk).first()
    return found


def beginning(words: str, *, most: int) -> list[int]:
    """The keys of people in whose name or address words begin so; erased people have neither."""
    found = accounts.beginning_so(accounts.accounts_and_imported(), words)
    return list(found.values_list("pk", flat=True)[:most])
