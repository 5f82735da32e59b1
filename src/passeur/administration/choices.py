"""The words of the administration room."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from passeur.foundation import audit


class Show(models.TextChoices):
    """Which people a list shows."""

    ACTIVE = "active", _("Comptes ouverts")
    NO_FACTOR = "no-factor", _("Sans deuxième facteur")
    ADMINISTRATORS = "administrators", _("Administration")
    CLOSED = "closed", _("Comptes fermés")
    IMPORTED = "imported", _("Venus d’un import, sans compte")


class Places(models.TextChoices):
    """Which communities a list shows."""

    OPEN = "open", _("Ouvertes")
    WITHOUT_MANAGER = "without-manager", _("Sans animation")
    ARCHIVED = "archived", _("Archivées")


@audit.acts
class Act(models.TextChoices):
    """What the audit log keeps of the administration itself."""

    LOG_EXPORTED = "audit.exported", _("Journal exporté")
