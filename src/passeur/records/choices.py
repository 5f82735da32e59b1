"""The words of the records room."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from passeur.foundation import audit

PER_MINUTE, MOST_PER_MINUTE = 6_000, 600_000
"""Requests of a client: how many unless set otherwise, and at most."""


class Scope(models.TextChoices):
    """What a client may do; the names are those of xAPI 1.0.3, Communication 4.2."""

    WRITE = "statements/write", _("écrire des traces")
    READ_MINE = "statements/read/mine", _("lire les traces que ce client a écrites")
    READ = "statements/read", _("lire toutes les traces")
    STATE = "state", _("lire et écrire l’état des activités")
    PROFILE = "profile", _("lire et écrire les profils d’activités et de personnes")
    DEFINE = "define", _("définir les activités pour tout le monde")
    ALL_READ = "all/read", _("tout lire")
    ALL = "all", _("tout lire et tout écrire")


class DocumentKind(models.TextChoices):
    """Which of the three document resources a document belongs to."""

    STATE = "state", _("état")
    ACTIVITY = "activity", _("profil d’activité")
    AGENT = "agent", _("profil de personne")


class IdentifierKind(models.TextChoices):
    """The four ways xAPI knows somebody by."""

    MAILBOX = "mbox", _("adresse électronique")
    MAILBOX_HASH = "mbox_sha1sum", _("empreinte d’une adresse")
    OPENID = "openid", _("OpenID")
    ACCOUNT = "account", _("compte")


class Link(models.TextChoices):
    """Why an agent is a member, or not: what was decided by hand, no proof changes any more."""

    UNKNOWN = "", _("à reconnaître")
    PROVEN = "proven", _("reconnu par Passeur")
    HAND = "hand", _("reconnu à la main")
    APART = "apart", _("séparé à la main")


class Shown(models.TextChoices):
    """Which agents a list shows."""

    UNKNOWN = "unknown", _("Comptes à reconnaître")
    LINKED = "linked", _("Comptes reconnus")


class Purpose(models.TextChoices):
    """How statements were read, in words for the person whom they are about."""

    PROGRAM = "program", _("Lu par un programme qu’un administrateur a autorisé")
    PAGE = "page", _("Pour reconnaître de qui sont les comptes des plateformes")
    EXPORT = "export", _("Copié dans un fichier, pour une sauvegarde ou un autre magasin")


class Tied(models.TextChoices):
    """Which courses a list shows."""

    ALL = "all", _("Tous les cours")
    LOOSE = "loose", _("Cours à rattacher")
    TIED = "tied", _("Cours rattachés")


@audit.acts
class Act(models.TextChoices):
    """What the audit log keeps of the store: which programs were let in, and who was said to be whom."""

    CLIENT_CREATED = "xapi-client.created", _("Programme xAPI autorisé")
    CLIENT_ROTATED = "xapi-client.rotated", _("Secret d’un programme xAPI changé")
    CLIENT_REVOKED = "xapi-client.revoked", _("Programme xAPI révoqué")
    AGENT_LINKED = "xapi-agent.linked", _("Compte de traces reconnu comme un membre")
    AGENT_PARTED = "xapi-agent.parted", _("Compte de traces séparé d’un membre")
    FORWARD_CREATED = "xapi-forward.created", _("Envoi des traces à un autre magasin")
    FORWARD_PAUSED = "xapi-forward.paused", _("Envoi des traces suspendu")
    FORWARD_RESUMED = "xapi-forward.resumed", _("Envoi des traces repris")
    FORWARD_REMOVED = "xapi-forward.removed", _("Envoi des traces supprimé")
    COURSE_TIED = "xapi-course.tied", _("Cours rattaché à une communauté")
    COURSE_UNTIED = "xapi-course.untied", _("Cours détaché d’une communauté")
