"""The words of the engagement room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.IntegerChoices):
    """How much a verb says of somebody's part in a community: each one contains those before it.

    Coming, leaving and what a clock does are nothing. Learning elsewhere, following and editing are activity.
    To contribute, reply, accept or react is to take part; some of that starts an exchange.
    """

    NOTHING = 0
    ACTIVE = 1
    TAKES_PART = 2
    STARTS = 3


class Milestone(models.TextChoices):
    """What a member reaches once, in the order of how far it goes; nobody falls because another rises."""

    QUESTION = "question", _("Première question")
    REPLY = "reply", _("Première réponse à quelqu’un")
    ACCEPTED = "accepted", _("Première réponse acceptée")
    EXPERIENCE = "experience", _("Première expérience racontée")


class Withholding(models.TextChoices):
    """Why a figure is not shown."""

    FEW_PEOPLE = "few_people"
    """The group is smaller than the smallest that may be shown."""
    NEARLY_ALL_OR_NONE = "nearly_all_or_none"
    """It would say of (nearly) each person of the group what they did, or did not."""
    GIVES_OTHERS_AWAY = "gives_others_away"
    """With other figures, it would tell one that is withheld, or it is not made for this filter."""
    NOT_YET = "not_yet"
    """No four weeks of it are over yet."""
    NOT_FOR_TEAMS = "not_for_teams"
    """This measure is not made by team."""


class Lasts(models.IntegerChoices):
    """What is counted of what lasts, by week, and what the key of the count is.

    - texts: how many more, from that week on, were looked at last in a week (its Monday as days since 1970; 0
      where it was said that they no longer hold);
    - met: different people who wrote or reacted that week around a text looked at last in the week `key`;
    - by: texts that came to last in that week, by an actor;
    - read: of those texts, in the language key // 4 (French, English): how many, words, sentences, syllables;
    - in French, in English: those texts, by an actor.
    """

    TEXTS = 1, "texts"
    MET = 2, "met"
    BY = 3, "by"
    READ = 4, "read"
    IN_FRENCH = 5, "in French"
    IN_ENGLISH = 6, "in English"
