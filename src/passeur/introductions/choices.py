"""Where an introduction stands, what one of the two said, and why two people may have something to say."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """`ENDED` is the same for a refusal and for silence: nothing says which of the two it was."""

    PROPOSED = "proposed", _("En attente")
    OPEN = "open", _("Ouverte")
    ENDED = "ended", _("Sans suite")


class Answer(models.TextChoices):
    """What one of the two said; empty until they say something, and again once it has ended."""

    NOTHING = "", _("Pas encore de réponse")
    YES = "yes", _("Oui")
    NO = "no", _("Non merci")


class Why(models.TextChoices):
    """Reasons that Passeur finds, the strongest first."""

    HELPED = "helped", _("a aidé sur ce que l’autre suit")
    THEMES = "themes", _("suivent les mêmes thèmes")
    JOB = "job", _("même métier")
    SITE = "site", _("même site")
