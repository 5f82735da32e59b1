"""Seen from the person: the open questions for which routing thought of them, with what it said of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import F, Func, JSONField, Value
from django.utils import timezone

from ..choices import OPEN
from ..models import Listing, Referral
from .reasons import Kept, in_words, joined

if TYPE_CHECKING:
    from passeur.accounts.models import Member

__all__ = ["asked_of", "takes_questions", "wanted", "why_in_words"]


def takes_questions(member: Member) -> bool:
    """Whether the person lets questions come to them now: not switched off, not paused."""
    if not member.receives_questions or member.weekly_cap == 0:
        return False
    return member.paused_until is None or member.paused_until < timezone.localdate()


def wanted(member: Member, questions: Iterable[int]) -> dict[int, list[Kept]]:
    """Of these questions, those whose list names `member` among the first, with the reasons. One query."""
    key = str(member.pk)
    rows = Listing.objects.filter(conversation__in=list(questions), why__has_key=key)
    # Not `why__12`, which would be the twelfth of a list.
    theirs = Func(F("why"), Value(key), function="jsonb_extract_path", output_field=JSONField())
    return dict(rows.values_list("conversation_id", theirs))


def asked_of(member: Member) -> list[Referral]:
    """The open requests to `member`, with their questions. One query."""
    return list(Referral.objects.filter(member=member, state__in=OPEN).order_by("expires_at", "pk"))


def why_in_words(reasons: list[Kept], *, most: int = 2) -> str:
    """The first reasons said to the person themself, as one sentence; empty where there is none."""
    return joined([in_words(reason, to_them=True) for reason in reasons[:most]])
