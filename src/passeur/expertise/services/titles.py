"""Titles that stand in reasons: they go when the opening of their exchange is taken out, and come back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from ..models import Exchange, Listing, Referral


def follow_title(conversation_id: int) -> None:
    """Bring the reasons that name this exchange up to date with its title as it may be read now."""
    exchange = Exchange.objects.filter(conversation=conversation_id).select_related("conversation").first()
    if exchange is None:
        return
    title = exchange.conversation.words
    with transaction.atomic():
        named = Referral.objects.select_for_update(of=("self",), no_key=True).filter(
            reasons__contains=[{"question_id": exchange.pk}]
        )
        for referral in named:
            referral.reasons = _with_title(referral.reasons, exchange.pk, title)
            referral.save(update_fields=["reasons"])
        listed = Listing.objects.filter(community=exchange.community_id).annotate(
            told=Cast("why", TextField())
        )
        for listing in listed.filter(told__contains=f'"question_id": {exchange.pk}'):
            why = {who: _with_title(some, exchange.pk, title) for who, some in listing.why.items()}
            Listing.objects.filter(pk=listing.pk).update(why=why)


def _with_title(reasons: list[dict[str, Any]], exchange: int, title: str) -> list[dict[str, Any]]:
    return [
        reason | {"question": title} if reason.get("question_id") == exchange else reason
        for reason in reasons
    ]
