"""The words of the accounts room."""

from functools import cache
from zoneinfo import available_timezones

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


REGIONS = {"Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}


@cache
def time_zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """The zones one can live in, by region, for a select."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for zone in sorted(available_timezones()):
        region, _slash, place = zone.partition("/")
        if place and region in REGIONS:
            regions.setdefault(region, []).append((zone, place.replace("_", " ").replace("/", ", ")))
    return [("UTC", [("UTC", "UTC")]), *regions.items()]


class Required(models.TextChoices):
    """Of whom an installation asks a second factor (`PASSEUR_SECOND_FACTOR`)."""

    NOBODY = "nobody", _("Personne")
    ADMINISTRATORS = "administrators", _("Qui administre")
    EVERYBODY = "everybody", _("Tout le monde")
