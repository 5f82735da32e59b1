"""The words of the communities room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.TextChoices):
    """How one comes into a community."""

    OPEN = "open", _("Ouverte à toute l’entreprise")
    INVITATION = "invitation", _("Sur invitation")


class Role(models.TextChoices):
    """What a member is in one community."""

    MEMBER = "member", _("Membre")
    EXPERT = "expert", _("Expertise ou formation interne")
    LCM = "lcm", _("Animation de la communauté apprenante")
    TRAINING_MANAGER = "training_manager", _("Responsable formation")


class ClaimState(models.TextChoices):
    """Where a claim to an imported member stands."""

    OPEN = "open", _("À examiner")
    ACCEPTED = "accepted", _("Acceptée")
    REFUSED = "refused", _("Refusée")
