"""A community, its charter by version, who belongs to it in which role, and who is invited."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Community(models.Model):
    """People, a purpose, a charter, a goal for the first reply, quiet hours."""

    class Entry(models.TextChoices):
        OPEN = "open", _("Ouverte à toute l’entreprise")
        INVITATION = "invitation", _("Sur invitation")

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


class Role(models.TextChoices):
    """What a member is in one community."""

    MEMBER = "member", _("Membre")
    EXPERT = "expert", _("Expert ou formateur interne")
    LCM = "lcm", _("Animateur de communauté apprenante")
    TRAINING_MANAGER = "training_manager", _("Responsable formation")


class Membership(models.Model):
    """A member in a community, with a role. A membership that ended stays, with its end."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("rôle"), max_length=16, choices=Role, default=Role.MEMBER)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)
    charter_version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "member"], name="membership_once")]
        indexes = [
            models.Index(fields=["community", "joined_at"]),
            models.Index(
                fields=["member", "community"], condition=models.Q(left_at=None), name="membership_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.community}"


def _token() -> str:
    return secrets.token_urlsafe(32)


def _in_two_weeks() -> dt.datetime:
    return timezone.now() + dt.timedelta(days=14)


class Invitation(models.Model):
    """An address invited into a community, in a role, by somebody, for two weeks.

    With `claims`, accepting it also makes the imported member of that name theirs.
    """

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("adresse électronique"))
    role = models.CharField(_("rôle"), max_length=16, choices=Role, default=Role.MEMBER)
    claims = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="claims"
    )
    token = models.CharField(max_length=64, unique=True, default=_token, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=_in_two_weeks)
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
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.community}"
