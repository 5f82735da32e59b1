"""What a member said about their own feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from passeur.skills import queries as skills

from ..models import Less

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.skills.models import Theme


def less_of(member: Member) -> QuerySet[Theme]:
    """The themes of which they want less, that they may still see, by name."""
    wanted = Less.objects.filter(member=member).values("theme_id")
    return (
        skills.visible_themes(member)
        .filter(pk__in=wanted)
        .select_related("community")
        .order_by("folded", "pk")
    )
