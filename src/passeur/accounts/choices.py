"""The words of the accounts room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Appearance(models.TextChoices):
    """Which colours a person reads Passeur in."""

    SYSTEM = "system", _("Comme mon appareil")
    LIGHT = "light", _("Clair")
    DARK = "dark", _("Sombre")


class Language(models.TextChoices):
    """The languages of the interface, each named in itself."""

    FRENCH = "fr", "Français"
    ENGLISH = "en", "English"
