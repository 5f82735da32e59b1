"""A community, and its charter by version."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import Entry


class Community(models.Model):
    """People, a purpose, a charter, a goal for the first reply, quiet hours."""

    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(_("nom"), max_length=120)
    purpose = models.TextField(_("raison d’être"), max_length=600)
    entry = models.CharField(_("entrée"), max_length=10, choices=Entry, default=Entry.OPEN)
    language = models.CharField(
        _("langue"), max_length=5, default="fr", choices=[("fr", "Français"), ("en", "English")]
    )
    time_zone = models.CharField(_("fuseau horaire"), max_length=64, default="Europe/Paris")
    first_reply_goal = models.PositiveSmallIntegerField(
        _("objectif de première réponse, en heures"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 14)],
        help_text=_("Le temps ne court pas pendant les heures calmes."),
    )
    verified_for = models.PositiveSmallIntegerField(
        _("une réponse est à relire au bout de, en jours"),
        default=365,
        db_default=365,
        validators=[MinValueValidator(30), MaxValueValidator(1825)],
        help_text=_("Une réponse acceptée ou un retour d’expérience que personne n’a vérifié depuis."),
    )
    quiet_from = models.TimeField(_("heures calmes, de"), default=dt.time(19))
    quiet_until = models.TimeField(_("heures calmes, à"), default=dt.time(8))
    created_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("communauté")
        verbose_name_plural = _("communautés")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("communities:detail", args=[self.slug])

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class Charter(models.Model):
    """One version of a community's charter. The newest is in force; versions are never changed."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="charters")
    version = models.PositiveIntegerField()
    text = models.TextField(
        _("charte"), help_text=_("Markdown. Une nouvelle version est proposée à chaque membre.")
    )
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["community", "version"], name="charter_version_once")]

    def __str__(self) -> str:
        return f"{self.community} v{self.version}"
