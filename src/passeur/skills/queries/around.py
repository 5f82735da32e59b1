"""Around the themes that somebody states: what stands under them, and what stands beside."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from ..models import DeclaredSkill, Interest, Theme

if TYPE_CHECKING:
    from passeur.accounts.models import Member

MOST = 40
"""Themes of a kind that are looked at: a person who states more has said everything already."""


@dataclass(frozen=True, slots=True)
class Around:
    """Keys of themes, each with the stated theme that it belongs to; and the themes by key.

    `followed` and `skills` hold what is stated and all that stands under it; `beside` the parents, and their
    other children, which are neither.
    """

    followed: dict[int, int] = field(default_factory=dict)
    skills: dict[int, int] = field(default_factory=dict)
    beside: dict[int, int] = field(default_factory=dict)
    themes: dict[int, Theme] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.followed and not self.skills


def around(member: Member, communities: Collection[int]) -> Around:
    """What `member` states about the themes of these communities, with what is around. Two queries."""
    of_theme = {"member": member, "theme": OuterRef("pk")}
    stated = list(
        Theme.objects.filter(community__in=communities, merged_into=None)
        .annotate(
            is_followed=Exists(Interest.objects.filter(**of_theme)),
            is_skill=Exists(DeclaredSkill.objects.filter(**of_theme)),
        )
        .filter(
            Q(pk__in=Interest.objects.filter(member=member).values("theme_id"))
            | Q(pk__in=DeclaredSkill.objects.filter(member=member).values("theme_id"))
        )
        .order_by("pk")[: 2 * MOST]
    )
    if not stated:
        return Around()
    found = Around(themes={theme.pk: theme for theme in stated})
    near = Q(pk__in=[])
    for theme in stated:
        near |= Q(path__startswith=theme.path)
    parents = [theme.parent_id for theme in stated if theme.parent_id]
    near |= Q(pk__in=parents) | Q(parent__in=parents)
    family = Theme.objects.filter(near, community__in=communities, merged_into=None).order_by("pk")
    found.themes.update({theme.pk: theme for theme in family[: 8 * MOST]})
    for theme in stated:
        for other in found.themes.values():
            if other.path.startswith(theme.path):
                if theme.is_followed:
                    found.followed.setdefault(other.pk, theme.pk)
                if theme.is_skill:
                    found.skills.setdefault(other.pk, theme.pk)
            elif theme.parent_id and theme.parent_id in (other.pk, other.parent_id):
                found.beside.setdefault(other.pk, theme.pk)
    for key in {*found.followed, *found.skills}:
        found.beside.pop(key, None)
    return found
