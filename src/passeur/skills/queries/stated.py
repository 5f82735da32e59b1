"""What people say they can help with, and what they follow."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from passeur.foundation import lasting
from passeur.foundation.folded import Folded

from .. import policies
from ..models import DeclaredSkill, Interest, Theme

if TYPE_CHECKING:
    from passeur.accounts.models import Member


@dataclass(frozen=True, slots=True)
class Stated:
    """The keys of the themes that a person can help with, and of those they follow."""

    skills: frozenset[int]
    interests: frozenset[int]


def declared_by(member: Member, *, viewer: Member) -> QuerySet[Theme]:
    """What `member` says they can help with, in communities that `viewer` may see."""
    return (
        Theme.objects.filter(policies.visible_to(viewer), declared_by__member=member, merged_into=None)
        .select_related("community")
        .order_by("folded", "pk")
    )


def followed_by(member: Member, *, viewer: Member) -> QuerySet[Theme]:
    """What `member` follows, in communities that `viewer` may see."""
    return (
        Theme.objects.filter(policies.visible_to(viewer), followers__member=member, merged_into=None)
        .select_related("community")
        .order_by("folded", "pk")
    )


def declarers(theme: Theme) -> QuerySet[Member]:
    """Who says they can help with a theme, by name."""
    return _people().filter(declared_skills__theme=theme, is_active=True)


_DECLARING = """
select d.member_id, t.id, t.name
from skills_theme t
cross join lateral (
    select member_id from skills_declaredskill where theme_id = t.id order by member_id limit %s
) d
where t.id = any(%s::bigint[])
"""


def declaring(themes: Collection[int], most: int) -> list[tuple[int, int, str]]:
    """(member, theme, its name): who says they can help, at most so many a theme. One statement."""
    if not themes:
        return []
    return lasting.fetched(_DECLARING, [most, list(themes)])


def followers(theme: Theme) -> QuerySet[Member]:
    """Who follows a theme, by name."""
    return _people().filter(interests__theme=theme, is_active=True)


def stated_themes(member: Member, community_id: int) -> Stated:
    """What `member` states about the themes of one community. Two queries."""
    skills = DeclaredSkill.objects.filter(member=member, theme__community=community_id)
    interests = Interest.objects.filter(member=member, theme__community=community_id)
    return Stated(
        frozenset(skills.values_list("theme_id", flat=True)),
        frozenset(interests.values_list("theme_id", flat=True)),
    )


def _people() -> QuerySet[Member]:
    return get_user_model()._default_manager.order_by(Folded("name"), "pk")
