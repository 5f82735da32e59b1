"""A ritual of a community, and each time it comes back."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .choices import WEEKDAY_CHOICES, Cadence, Form, State


class Ritual(models.Model):
    """What comes back, when on the community's own clock, and who sees to it.

    `starts_on` is the first day it may fall on, and the day from which every second week is counted;
    `since` moves on when it resumes, so that what was paused is not planned afterwards.
    """

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="rituals")
    form = models.CharField(_("ce que c’est"), max_length=5, choices=Form, default=Form.POST)
    title = models.CharField(_("titre"), max_length=160)
    text = models.TextField(_("texte"), max_length=4000, blank=True)
    place = models.CharField(_("lieu"), max_length=160, blank=True)
    cadence = models.CharField(_("à quel rythme"), max_length=11, choices=Cadence, default=Cadence.WEEKLY)
    weekday = models.PositiveSmallIntegerField(_("jour de la semaine"), choices=WEEKDAY_CHOICES, default=0)
    day = models.PositiveSmallIntegerField(
        _("jour du mois"), default=1, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    hour = models.TimeField(_("heure"), default=dt.time(9))
    starts_on = models.DateField(_("à partir du"), default=timezone.localdate)
    since = models.DateField(default=timezone.localdate)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reminder = models.PositiveSmallIntegerField(
        _("rappel, en heures avant"), default=24, validators=[MinValueValidator(1), MaxValueValidator(168)]
    )
    created_at = models.DateTimeField(default=timezone.now)
    paused_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_live(self) -> bool:
        return self.paused_at is None and self.ended_at is None


class Occurrence(models.Model):
    """One time. `took_part` was counted at an event; those who answer a post are counted when asked."""

    ritual = models.ForeignKey(Ritual, on_delete=models.CASCADE, related_name="occurrences")
    day = models.DateField()
    at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State, default=State.PLANNED)
    reminded_at = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    conversation = models.ForeignKey(
        "conversations.Conversation", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    took_part = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["ritual", "day"], name="occurrence_once_a_day")]
        indexes = [models.Index(fields=["state", "at"], name="occurrence_due")]

    def __str__(self) -> str:
        return f"{self.ritual_id} {self.day}"
