"""How a person wants to be told: by kind, at which hours, how much; and whether mail reaches them."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..choices import Rhythm, Way


class Wishes(models.Model):
    """What one person chose for all kinds, and where their mail stands. Without a row: the defaults.

    `looked_at`: when they last opened the page of notifications, which puts out the dot; shown to nobody.
    `digest_at`: when the next digest may leave; `digest_until`: up to when the last one told.
    `returned_address`: the address from which mail came back for good: none goes there any more.
    `held_address`: the address that took no mail day after day: none goes there until `held_until`.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="wishes"
    )
    quiet_from = models.TimeField(_("heures calmes, de"), default=dt.time(19))
    quiet_until = models.TimeField(_("heures calmes, à"), default=dt.time(8))
    quiet_weekend = models.BooleanField(_("calme le samedi et le dimanche"), default=True)
    daily_cap = models.PositiveSmallIntegerField(
        _("courriels par jour au plus"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
    )
    rhythm = models.CharField(_("résumé"), max_length=6, choices=Rhythm, default=Rhythm.NEVER)
    digest_at = models.DateTimeField(null=True, blank=True)
    digest_until = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    returned_address = models.EmailField(blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    # The database fills both where the version before, which does not know them, makes a row.
    held_address = models.EmailField(blank=True, db_default="")
    held_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["digest_at"], condition=~models.Q(digest_at=None), name="digest_due")]

    def __str__(self) -> str:
        return f"wishes of {self.member_id}"

    def keeps_mail(self, address: str | None, now: dt.datetime) -> bool:
        """Whether no mail goes to that address now: it came back from there, for good or day after day."""
        return bool(address) and (self.returned_address == address or self.is_held(address, now))

    def is_held(self, address: str | None, now: dt.datetime) -> bool:
        """Whether mail to that address rests for a while."""
        return self.held_address == address and self.held_until is not None and self.held_until > now


class Choice(models.Model):
    """How a person wants to be told of one kind, where that is not its default."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choices", db_index=False
    )
    kind = models.CharField(max_length=40)
    way = models.CharField(max_length=6, choices=Way)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind"], name="notice_choice_once")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.kind} {self.way}"
