"""Themes that people say are not theirs: nobody is brought a question about them for what was inferred."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from ..models import Contest, Exchange

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from passeur.accounts.models import Member


def contests_of(member: Member) -> QuerySet[Contest]:
    """What one person contests, by the name of the theme."""
    return Contest.objects.filter(member=member).select_related("theme__community").order_by("theme__folded")


def contesting(themes: Collection[int]) -> set[int]:
    """Who contests one of these themes."""
    return (
        set(Contest.objects.filter(theme__in=themes).values_list("member_id", flat=True)) if themes else set()
    )


def contested_on(conversations: Collection[int]) -> set[tuple[int, int]]:
    """(question, person) where the person contests a theme of the question, or one that stands above it."""
    broader = dict(Exchange.objects.filter(pk__in=conversations).values_list("pk", "broader"))
    themes = {theme for some in broader.values() for theme in some}
    rows = Contest.objects.filter(theme__in=themes).values_list("theme_id", "member_id") if themes else ()
    by_theme: dict[int, set[int]] = {}
    for theme, member in rows:
        by_theme.setdefault(theme, set()).add(member)
    return {
        (question, member)
        for question, some in broader.items()
        for theme in some
        for member in by_theme.get(theme, ())
    }
