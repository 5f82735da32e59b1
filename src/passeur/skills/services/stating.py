"""What people say of themselves: what they can help with, what they follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import events, policies
from ..models import DeclaredSkill, Interest, Theme

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def declare_skill(*, theme: Theme, member: Member) -> None:
    """Say that one can help with a theme."""
    require(policies.can_state(member, theme))
    with transaction.atomic():
        _, is_new = DeclaredSkill.objects.get_or_create(theme=theme, member=member)
        if is_new:
            bus.publish(events.SkillDeclared(member=member.pk, theme=theme.pk))


def withdraw_skill(*, theme: Theme, member: Member) -> None:
    """No longer say so. Always possible for oneself, also after leaving."""
    with transaction.atomic():
        deleted, _ = DeclaredSkill.objects.filter(theme=theme, member=member).delete()
        if deleted:
            bus.publish(events.SkillDeclared(member=member.pk, theme=theme.pk, withdrawn=True))


def follow_theme(*, theme: Theme, member: Member) -> None:
    """Follow a theme: an interest, or something one would like to learn."""
    require(policies.can_state(member, theme))
    Interest.objects.get_or_create(theme=theme, member=member)


def unfollow_theme(*, theme: Theme, member: Member) -> None:
    """No longer follow it. Always possible for oneself, also after leaving."""
    Interest.objects.filter(theme=theme, member=member).delete()
