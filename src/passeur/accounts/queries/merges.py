"""Which imported members became whom."""

from __future__ import annotations

from django.db.models import QuerySet

from ..models import Member, Merge


def merge_of(source: Member) -> Merge | None:
    """The merge of an imported member that stands, if there is one."""
    return Merge.objects.filter(source=source, undone_at=None).select_related("target", "decided_by").first()


def standing_merges(target: Member) -> QuerySet[Merge]:
    """The imported members that `target` was found to be."""
    return Merge.objects.filter(target=target, undone_at=None).select_related("source", "decided_by")
