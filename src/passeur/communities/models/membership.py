"""Who belongs to a community, in which role, and which charter they accepted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import Role


class Membership(models.Model):
    """A member in a community, with a role. A membership that ended stays, with its end."""

    community = models.ForeignKey("Community", on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("rôle"), max_length=16, choices=Role, default=Role.MEMBER)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="who ended it: the member, or a manager",
    )
    charter_version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "member"], name="membership_once")]
        indexes = [
            models.Index(fields=["community", "joined_at"]),
            models.Index(
                fields=["member", "community"], condition=models.Q(left_at=None), name="membership_current"
            ),
            # Each page of a manager asks for the others: a few among all who belong.
            models.Index(
                fields=["community"], condition=models.Q(role=Role.LCM, left_at=None), name="membership_lcm"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.community}"

    @property
    def is_current(self) -> bool:
        return self.left_at is None
