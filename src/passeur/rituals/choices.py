"""What comes back, how often, and what became of it."""

from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _


class Form(models.TextChoices):
    """A post opens a discussion; an event happens elsewhere and is ticked."""

    POST = "post", _("Un message dans la communauté")
    EVENT = "event", _("Un rendez-vous")


class Cadence(models.TextChoices):
    """How often."""

    WEEKLY = "weekly", _("Chaque semaine")
    FORTNIGHTLY = "fortnightly", _("Toutes les deux semaines")
    MONTHLY = "monthly", _("Chaque mois")


class State(models.TextChoices):
    """Of one occurrence."""

    PLANNED = "planned", _("Prévu")
    DONE = "done", _("Fait")
    MISSED = "missed", _("Pas eu lieu")


WEEKDAY_CHOICES = list(WEEKDAYS.items())
"""Monday is 0."""
