"""Who receives the report of a community, and what was sent to whom."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone

from .choices import Delivery


def new_serial() -> str:
    """What links in mails stand on: not to be guessed."""
    return secrets.token_hex(12)


class Sponsor(models.Model):
    """An address that an LCM named. Nothing but one question goes there until its owner said yes.

    `left_at`: its owner stopped the report; it stays in the list so that nobody asks again.
    """

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="sponsors")
    email = models.EmailField()
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="fr")
    serial = models.CharField(max_length=24, unique=True, default=new_serial, editable=False)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    named_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["email"]
        constraints = [models.UniqueConstraint(fields=["community", "email"], name="sponsor_once")]

    def __str__(self) -> str:
        return f"{self.community_id} {self.serial}"

    @property
    def receives(self) -> bool:
        """Said yes, and did not stop since."""
        return self.confirmed_at is not None and self.left_at is None


class Edition(models.Model):
    """The report of `month` (its first day) to one sponsor: made once, tried until it left."""

    sponsor = models.ForeignKey(Sponsor, on_delete=models.CASCADE, related_name="editions")
    month = models.DateField()
    state = models.CharField(max_length=7, choices=Delivery, default=Delivery.WAITING)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-month"]
        constraints = [models.UniqueConstraint(fields=["sponsor", "month"], name="edition_once")]

    def __str__(self) -> str:
        return f"{self.sponsor_id} {self.month:%Y-%m} {self.state}"


class Told(models.Model):
    """What is told of a month of a community, written before its first report leaves: every report of it says
    this, the next month is compared with it, and these weeks are never read again.

    `before` is what it was compared with where nothing had been told of the month before; else null, since
    that is told in its own row. Rows of a version before have null there too, and in the fields below.
    """

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    figures = models.JSONField(help_text="by the key of the figure, as `queries.figures` writes them")
    before = models.JSONField(null=True, help_text="the same, of the weeks before")
    gestures = models.PositiveIntegerField(null=True, help_text="cues that the LCM answered in those weeks")
    counted_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "month"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.community_id} {self.month:%Y-%m}"
