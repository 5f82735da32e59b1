"""A question taken to somebody, and questions that wait until somebody has room."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import OPEN, DeclineReason, ReferralState


class Referral(models.Model):
    """A request to one person about one question. `asked_by` is empty when Passeur passed it on by itself.

    `reasons` are kept as they were shown. `position` is the place in the question's chain, from 1.
    `mailed_at`: when a mail told them, if one did. `mail_at` is read by an earlier version alone.
    """

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="referrals", db_index=False
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="referrals", db_index=False
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=9, choices=ReferralState, default=ReferralState.PROPOSED)
    reasons: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(_("raison"), max_length=14, choices=DeclineReason, blank=True)
    decline_words = models.CharField(_("un mot"), max_length=300, blank=True)
    better = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    mail_at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("mise en relation")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "member"],
                condition=~models.Q(state=ReferralState.WITHDRAWN),
                name="referral_once",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "state"], name="referral_member"),
            models.Index(fields=["expires_at"], condition=models.Q(state__in=OPEN), name="referral_expiring"),
            models.Index(
                fields=["mail_at"],
                condition=models.Q(mailed_at=None, state=ReferralState.PROPOSED),
                name="referral_unsent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id} → {self.member_id} ({self.state})"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class Queued(models.Model):
    """A question that waits because nobody who could help has room. Oldest question first."""

    conversation = models.OneToOneField(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="queued"
    )
    since = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return f"{self.conversation_id} waits"
