"""Telling the person who was asked, by the way they chose and not in their quiet hours."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from passeur.notifications import services as notifications

from ..models import Referral
from ..notices import REFERRAL


def tell(pk: int) -> None:
    """Tell them of one request, in whatever state it is: that is asked again when it is shown or sent."""
    referral = Referral.objects.filter(pk=pk).first()
    if referral is None or referral.mailed_at is not None:
        return
    notifications.tell(
        REFERRAL.slug,
        to=[referral.member_id],
        object=pk,
        subject=f"conversation:{referral.conversation_id}",
    )


def note_mailed(pks: Collection[int]) -> None:
    """A mail told these requests."""
    Referral.objects.filter(pk__in=pks, mailed_at=None).update(mailed_at=timezone.now())
