"""Who may see and change what about a person."""

from __future__ import annotations

from django.db.models import Q

from .models import Member, Merge
from .protocols import acquaintances


def visible_to(viewer: Member) -> Q:
    """The members whose profile `viewer` may read: themself, and whom a room above says they know."""
    if not viewer.is_authenticated or not viewer.is_active:
        return Q(pk__in=[])
    seen = Q(pk=viewer.pk)
    for rule in acquaintances:
        seen |= rule(viewer)
    return seen & Q(is_machine=False)


def can_see(viewer: Member, member: Member) -> bool:
    return Member.objects.filter(visible_to(viewer), pk=member.pk).exists()


def can_edit(by: Member, member: Member) -> bool:
    """A profile and its preferences are changed by their owner alone."""
    return by.is_active and by.pk == member.pk


def administers(member: Member) -> bool:
    """Runs the installation. That opens no private community: see the policies of communities."""
    return member.is_authenticated and member.is_active and member.is_administrator


def can_name_administrator(by: Member, member: Member) -> bool:
    return administers(by) and can_sign_in(member) and not member.is_administrator


def can_remove_administrator(by: Member, member: Member) -> bool:
    """Oneself too; one administrator always stays, which the service sees to."""
    return administers(by) and member.is_administrator


def can_help(by: Member, member: Member) -> bool:
    """End somebody's sessions, take lost passkeys away, send them a link: administrators, for others."""
    return administers(by) and by.pk != member.pk and can_sign_in(member)


def can_end_account(by: Member, member: Member) -> bool:
    """Close or reopen an account: administrators, and never their own."""
    return by.is_active and by.is_administrator and by.pk != member.pk


def can_erase(by: Member, member: Member) -> bool:
    """Oneself, and administrators anybody else; machines are not people, and nobody goes twice."""
    may = by.is_active and (by.pk == member.pk or by.is_administrator)
    return may and member.erased_at is None and not member.is_machine


def can_sign_in(member: Member) -> bool:
    """Imported, erased and machine members have no account; a leaver's is closed."""
    return member.is_active and member.email is not None and not member.is_machine


def can_merge(source: Member, target: Member) -> bool:
    """Only an imported member is ever merged, once, into somebody with an account."""
    return source.is_imported and source.merged_into_id is None and can_sign_in(target)


def stands(merge: Merge) -> bool:
    return merge.undone_at is None
