"""Who may read a file: whoever may read a text that shows it; until one does, whoever brought it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from .models import Attachment, Use
from .protocols import holder

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def readable(member: Member, attachments: Collection[Attachment]) -> set[int]:
    """The keys (pk) of those that `member` may read, asked once for all.

    Once a text shows a file, its readers alone count: who left a community no longer reads there what they
    brought there.
    """
    if not member.is_authenticated or not member.is_active:
        return set()
    hanging: dict[int, set[tuple[str, int]]] = defaultdict(set)
    wanted: dict[str, set[int]] = defaultdict(set)
    for use in Use.objects.filter(attachment__in=[attachment.pk for attachment in attachments]):
        hanging[use.attachment_id].add((use.kind, use.object_id))
        wanted[use.kind].add(use.object_id)
    seen = {
        (kind, pk)
        for kind, ids in wanted.items()
        if (found := holder(kind)) is not None
        for pk in found.visible_to(member, ids)
    }
    return {
        attachment.pk
        for attachment in attachments
        if (hanging[attachment.pk] & seen if hanging[attachment.pk] else attachment.owner_id == member.pk)
    }


def can_read(member: Member, attachment: Attachment) -> bool:
    """Whether `member` may read that file."""
    return attachment.pk in readable(member, [attachment])
