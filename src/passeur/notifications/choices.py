"""The words of notifications: by which way one is told, how often a digest comes, what became of a letter."""

from django.db import models
from django.utils.translation import gettext_lazy as _

BELL = "notifications"
"""The topic of live updates that a person's own pages follow, by their key: the dot on the bell."""


class Way(models.TextChoices):
    """How a person wants to be told of one kind of thing. All but `NONE` show it in the page too."""

    MAIL = "mail", _("Par courriel, sans attendre")
    DIGEST = "digest", _("Dans mon résumé")
    PAGE = "page", _("Dans Passeur seulement")
    NONE = "none", _("Pas du tout")


class Rhythm(models.TextChoices):
    """How often a digest comes, for those who want one."""

    NEVER = "never", _("Pas de résumé")
    DAILY = "daily", _("Chaque jour, à la fin des heures calmes")
    WEEKLY = "weekly", _("Chaque lundi, à la fin des heures calmes")


class Sort(models.TextChoices):
    """What a letter holds."""

    NOTICES = "notices", "notices"
    DIGEST = "digest", "digest"


class LetterState(models.TextChoices):
    """What became of a letter."""

    WAITING = "waiting", "waiting"
    SENT = "sent", "sent"
    EMPTY = "empty", "nothing left to say"
    GIVEN_UP = "given_up", "refused for too long"
    RETURNED = "returned", "came back"
