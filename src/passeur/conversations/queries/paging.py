"""On which page of its conversation, oldest first, something stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from ..choices import Part
from ..models import Contribution, Conversation, ReadMark

if TYPE_CHECKING:
    from passeur.accounts.models import Member

PAGE_SIZE = 50
"""Texts on a page of a conversation, without its opening and the comments on them."""


def resume_page(conversation: Conversation, reader: Member) -> int:
    """The page that holds the first contribution not yet read; the first one where there is none."""
    mark = ReadMark.objects.filter(conversation=conversation, member=reader).first()
    if mark is None:
        return 1
    tops = conversation.contributions.filter(parent=None).exclude(part=Part.OPENING)
    first = (
        tops.filter(created_at__gt=mark.read_until)
        .exclude(author=reader)
        .order_by("created_at", "pk")
        .first()
    )
    if first is None:
        return 1
    before = tops.filter(
        Q(created_at__lt=first.created_at) | Q(created_at=first.created_at, pk__lt=first.pk)
    ).count()
    return before // PAGE_SIZE + 1


def page_of(contribution: Contribution) -> int:
    """Which page of its conversation, oldest first, shows a contribution (or the text it comments on)."""
    top = contribution.parent or contribution
    if top.part == Part.OPENING:
        return 1
    before = (
        Contribution.objects.filter(conversation=top.conversation_id, parent=None)
        .exclude(part=Part.OPENING)
        .filter(Q(created_at__lt=top.created_at) | Q(created_at=top.created_at, pk__lt=top.pk))
    )
    return before.count() // PAGE_SIZE + 1
