"""The words of the accounts room."""

from functools import cache
from zoneinfo import available_timezones

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from passeur.foundation import audit
from passeur.foundation.text import fold


class Appearance(models.TextChoices):
    """Which colours a person reads Passeur in."""

    SYSTEM = "system", _("Comme mon appareil")
    LIGHT = "light", _("Clair")
    DARK = "dark", _("Sombre")


class Language(models.TextChoices):
    """The languages of the interface, each named in itself."""

    FRENCH = "fr", "Français"
    ENGLISH = "en", "English"


REGIONS = {
    "Africa": _("Afrique"),
    "America": _("Amérique"),
    "Antarctica": _("Antarctique"),
    "Asia": _("Asie"),
    "Atlantic": _("Atlantique"),
    "Australia": _("Australie"),
    "Europe": _("Europe"),
    "Indian": _("Océan Indien"),
    "Pacific": _("Pacifique"),
}


def time_zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """The zones one can live in, by region, for a select: as the reader's language calls them."""
    return _zones_in(get_language() or "fr")


def zone_name(zone: str) -> str:
    """The place that a zone is called after, in the reader's language."""
    return next((name for _region, some in time_zones() for key, name in some if key == zone), zone)


@cache
def _zones_in(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    # Read when a page first needs it: names of places in a language are a file of a megabyte.
    from babel import Locale

    named = Locale.parse(language, sep="-").time_zones
    regions: dict[str, dict[str, str]] = {region: {} for region in REGIONS}
    for zone in sorted(available_timezones()):
        region, _slash, place = zone.partition("/")
        if place and region in REGIONS:
            plain = place.replace("_", " ").replace("/", ", ")
            name = named[zone].get("city", plain) if zone in named else plain
            # A city renamed since has two zones: the later says which it is.
            is_taken = name in regions[region]
            regions[region][f"{name} ({plain})" if is_taken else name] = zone
    listed = [
        (str(REGIONS[region]), [(zone, name) for name, zone in sorted(some.items(), key=_by_name)])
        for region, some in regions.items()
    ]
    return [("UTC", [("UTC", "UTC")]), *listed]


def _by_name(named: tuple[str, str]) -> str:
    return fold(named[0])


class Required(models.TextChoices):
    """Of whom an installation asks a second factor (`PASSEUR_SECOND_FACTOR`)."""

    NOBODY = "nobody", _("Personne")
    ADMINISTRATORS = "administrators", _("Qui administre")
    EVERYBODY = "everybody", _("Tout le monde")


@audit.acts
class Act(models.TextChoices):
    """What the audit log keeps of accounts. Not signing in: when somebody was here is nobody's business."""

    OPENED = "account.opened", _("Ouverture d’un compte")
    CLOSED = "account.closed", _("Compte fermé")
    REOPENED = "account.reopened", _("Compte rouvert")
    ERASURE_ASKED = "account.erasure-asked", _("Effacement demandé")
    ERASED = "account.erased", _("Personne effacée")
    EXPORTED = "account.exported", _("Données personnelles exportées")
    ADDRESS_CHANGED = "account.address-changed", _("Adresse de connexion changée")
    PASSWORD_CHANGED = "account.password-changed", _("Mot de passe changé")
    FACTOR_ADDED = "account.factor-added", _("Deuxième facteur ajouté")
    FACTOR_REMOVED = "account.factor-removed", _("Deuxième facteur retiré")
    CODES_MADE = "account.codes-made", _("Codes de secours refaits")
    FACTORS_ENDED = "account.factors-ended", _("Clés d’accès et codes retirés par l’administration")
    SESSIONS_ENDED = "account.sessions-ended", _("Sessions terminées")
    HELP_SENT = "account.help-sent", _("Lien de connexion envoyé")
    MADE_ADMINISTRATOR = "administrator.named", _("Administration confiée")
    NO_ADMINISTRATOR = "administrator.removed", _("Administration retirée")
    MERGED = "account.merged", _("Compte importé rapproché d’une personne")
    MERGE_UNDONE = "account.merge-undone", _("Rapprochement annulé")
