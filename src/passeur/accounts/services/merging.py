"""An imported member turns out to be somebody: their rows change hands, and can be given back.

Who may decide is the business of the room that knows the community; it calls these after its own policy.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q
from django.utils import timezone

from passeur.foundation import audit
from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import events, policies
from ..choices import Act
from ..errors import MergeAlreadyUndone
from ..models import Member, Merge, MergeMove

M = TypeVar("M", bound=Model)


def merge_members(*, source: Member, target: Member, proof: str, by: Member) -> Merge:
    """Record that `source` is `target`, and tell each room to give its rows over."""
    with transaction.atomic():
        held = Member.objects.select_for_update().get(pk=source.pk)
        require(policies.can_merge(held, target))
        merge = Merge.objects.create(source=held, target=target, proof=proof, decided_by=by)
        Member.objects.filter(pk=held.pk).update(merged_into=target)
        source.merged_into = target
        audit.record(Act.MERGED, by=by.pk, member=target.pk, source=held.pk)
        bus.publish(events.MembersMerged(merge=merge.pk, source=held.pk, target=target.pk))
    return merge


def undo_merge(*, merge: Merge, by: Member) -> None:
    """Take a merge back: each room gives back exactly the rows it had given over."""
    with transaction.atomic():
        held = Merge.objects.select_for_update().get(pk=merge.pk)
        if not policies.stands(held):
            raise MergeAlreadyUndone
        held.undone_at, held.undone_by = timezone.now(), by
        held.save(update_fields=["undone_at", "undone_by"])
        Member.objects.filter(pk=held.source_id).update(merged_into=None)
        audit.record(Act.MERGE_UNDONE, by=by.pk, member=held.target_id, source=held.source_id)
        bus.publish(events.MergeUndone(merge=held.pk, source=held.source_id, target=held.target_id))
    merge.refresh_from_db()


def carry_over(
    merge_id: int, model: type[M], field: str, *, once_with: Sequence[str] = (), only: Q | None = None
) -> int:
    """Give the rows of `model` whose `field` is the merge's source to its target; how many there were.

    For subscribers of `MembersMerged`; running it again moves nothing twice, and nothing after an undo.
    `once_with` names the fields that are unique together with `field`: a row whose like the target has
    already stays where it is; so does one that `only` does not choose.
    """
    with transaction.atomic():
        merge = Merge.objects.select_for_update().get(pk=merge_id)
        if not policies.stands(merge):
            return 0
        rows = model._default_manager.filter(only or Q(), **{field: merge.source_id})
        if once_with:
            like = model._default_manager.filter(
                **{field: merge.target_id}, **{name: OuterRef(name) for name in once_with}
            )
            rows = rows.exclude(Exists(like))
        # A key that is no number, an agent's of the record store, is kept as it is written.
        keys = [
            key if isinstance(key, int) else str(key)
            for key in rows.order_by("pk").values_list("pk", flat=True)
        ]
        if keys:
            model._default_manager.filter(pk__in=keys).update(**{field: merge.target_id})
            MergeMove.objects.create(merge=merge, model=model._meta.label_lower, field=field, rows=keys)
        return len(keys)


def carry_back(merge_id: int, model: type[M], field: str) -> int:
    """Give back what `carry_over` moved, for subscribers of `MergeUndone`; how many there were.

    Rows that were deleted or that changed hands again since are left alone.
    """
    with transaction.atomic():
        merge = Merge.objects.select_for_update().get(pk=merge_id)
        moves = merge.moves.filter(model=model._meta.label_lower, field=field)
        keys = [key for move in moves for key in move.rows]
        return model._default_manager.filter(pk__in=keys, **{field: merge.target_id}).update(
            **{field: merge.source_id}
        )
