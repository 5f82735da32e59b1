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


class Encoding(models.TextChoices):
    """How the letters of a file were written."""

    UTF8 = "utf-8", "UTF-8"
    UTF16 = "utf-16", "UTF-16"
    WINDOWS = "cp1252", "Windows-1252"
    LATIN = "latin-1", "Latin-1"


class Between(models.TextChoices):
    """What stands between two cells of a file."""

    SEMICOLON = ";", _("des points-virgules")
    COMMA = ",", _("des virgules")
    TAB = "\t", _("des tabulations")


class BatchState(models.TextChoices):
    """Where a file of invitations stands."""

    CHECKED = "checked", _("Vérifié, rien n’est parti")
    RUNNING = "running", _("En cours")
    DONE = "done", _("Fait")


class Verdict(models.TextChoices):
    """What a line of the file comes to. The first three do something."""

    INVITE = "invite", _("sera invité")
    RENEW = "renew", _("invitation terminée : sera invité de nouveau")
    ROLE = "role", _("déjà membre : change de rôle")
    MEMBER = "member", _("déjà membre : rien à faire")
    INVITED = "invited", _("déjà invité : rien à faire")
    DUPLICATE = "duplicate", _("déjà plus haut dans le fichier")
    BAD_ADDRESS = "bad-address", _("adresse impossible")
    NO_COMMUNITY = "no-community", _("communauté inconnue")
    UNNAMED = "unnamed", _("aucune communauté : écrivez-en une sur la ligne")
    SEVERAL_COMMUNITIES = (
        "several-communities",
        _("plusieurs communautés de ce nom : écrivez son identifiant"),
    )
    ARCHIVED = "archived", _("communauté archivée")
    BAD_ROLE = "bad-role", _("rôle inconnu")
    BAD_LANGUAGE = "bad-language", _("langue inconnue")
    CLOSED = "closed", _("compte fermé : rouvrez-le d’abord")
    LAST_MANAGER = "last-manager", _("personne d’autre n’anime cette communauté")
    ONESELF = "oneself", _("votre propre adresse : une autre personne vous invite")
    NOT_ALLOWED = "not-allowed", _("la personne qui a lancé l’envoi n’administre plus Passeur")


ACTING = (Verdict.INVITE, Verdict.RENEW, Verdict.ROLE)


@audit.acts
class Act(models.TextChoices):
    """What the audit log keeps of the administration itself."""

    BATCH_CHECKED = "invitations.checked", _("Fichier d’invitations vérifié")
    BATCH_RUN = "invitations.run", _("Fichier d’invitations lancé")
    BATCH_DROPPED = "invitations.dropped", _("Fichier d’invitations oublié")
    BATCH_EXPORTED = "invitations.exported", _("Fichier d’invitations exporté")
    LOG_EXPORTED = "audit.exported", _("Journal exporté")
