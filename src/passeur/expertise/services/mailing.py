"""Telling the person who was asked by mail, in their language and not in their quiet hours."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone, translation

from passeur.foundation import mail

from ..choices import ReferralState
from ..models import Referral
from ..queries.reasons import in_words


def send_due() -> int:
    """Send the mails whose time has come; how many. Each is sent once."""
    due = Referral.objects.filter(mailed_at=None, mail_at__lte=timezone.now(), state=ReferralState.PROPOSED)
    return sum(send(pk) for pk in due.order_by("mail_at", "pk").values_list("pk", flat=True))


def send(pk: int) -> bool:
    """Send the mail of one request if it is due and still open."""
    with transaction.atomic():
        rows = Referral.objects.select_for_update(of=("self",), skip_locked=True).select_related(
            "member", "conversation__author", "conversation__community", "asked_by"
        )
        referral = rows.filter(
            pk=pk, mailed_at=None, mail_at__lte=timezone.now(), state=ReferralState.PROPOSED
        ).first()
        if referral is None or not referral.member.email:
            return False
        referral.mailed_at = timezone.now()
        referral.save(update_fields=["mailed_at"])
        with translation.override(referral.member.language):
            reasons = [in_words(reason, to_them=True) for reason in referral.reasons[:3]]
        mail.post(
            referral.member.email,
            "expertise/mail/asked",
            language=referral.member.language,
            context={"referral": referral, "conversation": referral.conversation, "reasons": reasons},
        )
    return True
