"""Texts not yet published, and the memory that a form was published already."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """What a member was writing at a place; nobody else reads it.

    `fields` are those of the form, lists of words each. `number` grows with each saving, so that two windows
    do not overwrite each other. `set_aside` is an other text of the same place, put aside when another came.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts", db_index=False
    )
    place = models.CharField(max_length=200)
    fields = models.JSONField(default=dict)
    set_aside = models.JSONField(null=True, blank=True)
    number = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now, db_index=True)
    warned_at = models.DateTimeField(null=True, blank=True, help_text="when it was said that it goes soon")

    class Meta:
        verbose_name = _("brouillon")
        ordering = ["-saved_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["member", "place"], name="draft_once")]
        indexes = [models.Index(fields=["place", "saved_at"], name="draft_place")]

    def __str__(self) -> str:
        return f"{self.place} · {self.member_id}"


class Publication(models.Model):
    """A form that was published: sent a second time with the same words, it leads to what the first made.

    `sheet` names the form as one page showed it, `digest` its words.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    sheet = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    address = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "sheet", "digest"], name="publication_once")]

    def __str__(self) -> str:
        return self.sheet
