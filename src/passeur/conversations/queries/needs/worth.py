"""Texts that helped people, as those people said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from ...choices import Kind, Meaning, Part
from ...models import Contribution, Spotlight

HELPED = (Meaning.HELPS, Meaning.LIVED, Meaning.THANKS)


@dataclass(frozen=True, slots=True)
class Helpful:
    """A text, and how many people it helped."""

    text: Contribution
    people: int


def helpful(contributions: Iterable[int], *, least: int) -> list[Helpful]:
    """Those of these texts that helped at least so many others, and are not shown yet. One query."""
    helped = Count("reactions__member", filter=Q(reactions__meaning__in=HELPED), distinct=True)
    answers = Q(part=Part.ANSWER) | Q(part=Part.OPENING, conversation__kind=Kind.EXPERIENCE)
    rows = (
        Contribution.objects.filter(
            answers, pk__in=list(contributions), author__is_machine=False, deleted_at=None
        )
        .annotate(helped=helped, is_shown=Exists(Spotlight.objects.filter(contribution=OuterRef("pk"))))
        .filter(helped__gte=least, is_shown=False)
        .select_related("author", "conversation")
        .order_by("pk")
    )
    return [Helpful(row, row.helped) for row in rows]
