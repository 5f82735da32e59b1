"""What an LCM sees of introductions: the state, whether they wrote; no answer, no text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from ..models import Introduction

if TYPE_CHECKING:
    from passeur.communities.models import Community


def proposed_in(community: Community) -> QuerySet[Introduction]:
    """Newest first. Answers are not even read."""
    return (
        Introduction.objects.filter(community=community)
        .select_related("first", "second", "proposed_by")
        .defer("first_answer", "second_answer")
        .order_by("-created_at", "-pk")
    )
