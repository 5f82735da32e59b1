"""The words of a referral: where it stands, and why somebody says no."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferralState(models.TextChoices):
    """What became of a request to one person about one question."""

    PROPOSED = "proposed", _("Demande envoyée")
    ACCEPTED = "accepted", _("A accepté de répondre")
    ANSWERED = "answered", _("A répondu")
    DECLINED = "declined", _("Ne peut pas cette fois")
    EXPIRED = "expired", _("Sans suite, passée à quelqu’un d’autre")
    WITHDRAWN = "withdrawn", _("Demande retirée")


OPEN = (ReferralState.PROPOSED, ReferralState.ACCEPTED)
"""States in which a request counts as work that somebody carries."""


class DeclineReason(models.TextChoices):
    """Why not. Only the first one says something about what the person knows."""

    NOT_MY_SUBJECT = "not_my_subject", _("Ce n’est pas mon sujet")
    NO_TIME = "no_time", _("Je n’ai pas le temps en ce moment")
    ABSENT = "absent", _("Je m’absente jusqu’au…")
    SOMEONE_BETTER = "someone_better", _("Quelqu’un d’autre saurait mieux")


class Scope(models.IntegerChoices):
    """What a tally counts: answers in all or in a theme, messages, questions, and who helps whom."""

    OVERALL = 1, "overall"
    THEME = 2, "theme"
    REPLIES = 3, "replies"
    ASKING = 4, "asking"
    TO_ASKER = 5, "to_asker"
    TOGETHER = 6, "together"


STANDING = (Scope.OVERALL, Scope.THEME, Scope.REPLIES, Scope.ASKING)
"""Scopes that say what somebody does in a community, whoever the others are."""


class Text(models.IntegerChoices):
    """Which texts an index of words holds."""

    QUESTION = 1, "question"
    ANSWER = 2, "answer"


class Obstacle(models.TextChoices):
    """Why a person who could help cannot be asked now."""

    NO_ACCOUNT = "no_account", _("N’a pas de compte")
    LEFT = "left", _("A quitté la communauté")
    NOT_RECEIVING = "not_receiving", _("Ne reçoit pas de questions")
    PAUSED = "paused", _("En pause")
    ASKED = "asked", _("Demande déjà envoyée")
    FULL = "full", _("Complet pour l’instant")
    WEEK_FULL = "week_full", _("Complet cette semaine")
