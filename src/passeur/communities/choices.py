"""The words of the communities room."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from passeur.foundation import audit


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


@audit.acts
class Act(models.TextChoices):
    """What the audit log keeps of communities: how they are run, not what is written there."""

    CREATED = "community.created", _("Communauté créée")
    CHANGED = "community.changed", _("Réglages de la communauté changés")
    CHARTER = "community.charter-published", _("Charte publiée")
    ARCHIVED = "community.archived", _("Archivage de la communauté")
    REOPENED = "community.reopened", _("Communauté rouverte")
    ROLE = "role.changed", _("Rôle changé")
    REMOVED = "membership.ended", _("Retrait de la communauté")
    INVITED = "invitation.made", _("Invitation faite")
    RENEWED = "invitation.renewed", _("Invitation renouvelée")
    WITHDRAWN = "invitation.withdrawn", _("Invitation retirée")
    ACCEPTED = "invitation.accepted", _("Invitation acceptée")
