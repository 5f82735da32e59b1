"""The words of the desk."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Horizon(models.TextChoices):
    """Which list a cue stands in."""

    TODAY = "today", _("Aujourd’hui")
    WEEK = "week", _("Cette semaine")


class Outcome(models.TextChoices):
    """What a manager did with a cue as a whole."""

    DONE = "done", _("Fait")
    SNOOZED = "snoozed", _("Reporté")
    HANDED = "handed", _("Confié")


class View(models.TextChoices):
    """The tabs of the desk."""

    TODAY = "today", _("Aujourd’hui")
    WEEK = "week", _("Cette semaine")
    SNOOZED = "snoozed", _("Reportés")
    DONE = "done", _("Faits")


class Snooze(models.TextChoices):
    """Until when a cue can wait."""

    TOMORROW = "tomorrow", _("Demain")
    MONDAY = "monday", _("Lundi")
    MONTH = "month", _("Le mois prochain")


class About(StrEnum):
    """The kinds of things that cues are about."""

    CONVERSATION = "conversation"
    MEMBER = "member"
    THEME = "theme"
    SEARCH = "search"
    CONTRIBUTION = "contribution"
    CLAIM = "claim"
    COURSE = "course"
    COMMUNITY = "community"
