"""Who is invited into a community, and who says that an imported member is them."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import ClaimState, Role


def new_serial() -> str:
    return secrets.token_urlsafe(16)


def in_two_weeks() -> dt.datetime:
    return timezone.now() + dt.timedelta(days=14)


class Invitation(models.Model):
    """An address invited into a community, in a role, by somebody, for two weeks.

    With `claims`, accepting it also makes that imported member theirs. The link in the mail is signed
    from the key and the serial (`queries.invitations`): the table alone lets nobody in.
    """

    community = models.ForeignKey("Community", on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("adresse électronique"))
    name = models.CharField(
        _("nom"), max_length=150, blank=True, default="", db_default="", help_text="where the inviter knew it"
    )
    language = models.CharField(
        _("langue"),
        max_length=5,
        blank=True,
        default="",
        db_default="",
        choices=[("fr", "Français"), ("en", "English")],
        help_text="of the mail; empty for that of the community",
    )
    role = models.CharField(_("rôle"), max_length=16, choices=Role, default=Role.MEMBER)
    claims = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="claims"
    )
    serial = models.CharField(
        max_length=32,
        default=new_serial,
        editable=False,
        help_text="renewed with each mail: the link before it ends",
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=in_two_weeks)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "email"],
                condition=models.Q(accepted_at=None),
                name="invitation_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="invitation_email_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.community}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.expires_at > timezone.now()


class Claim(models.Model):
    """A member says that an imported member of the community is them, with a proof; a manager decides."""

    community = models.ForeignKey("Community", on_delete=models.CASCADE, related_name="claims")
    claimant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims_made"
    )
    imported = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims_received"
    )
    proof = models.TextField(_("preuve"), max_length=600)
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=ClaimState, default=ClaimState.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    merge = models.ForeignKey(
        "accounts.Merge", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["claimant", "imported"],
                condition=models.Q(state=ClaimState.OPEN),
                name="claim_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.claimant} = {self.imported}"
