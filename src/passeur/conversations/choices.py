"""The words of a conversation: its kind, its state, whose turn it is, and how people react."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a conversation is for."""

    QUESTION = "question", _("Question")
    DISCUSSION = "discussion", _("Discussion")
    EXPERIENCE = "experience", _("Retour d’expérience")
    ANNOUNCEMENT = "announcement", _("Annonce")


ASKING = (Kind.QUESTION,)
"""Kinds that ask for an answer: only these can wait, be answered, be resolved."""


LASTING = (Kind.QUESTION, Kind.EXPERIENCE)
"""Kinds of which something lasts that may be true or no longer: the accepted answer, the experience told."""


class State(models.TextChoices):
    """The states of a conversation: one definition, used by list, tile, desk, mail and measure alike.

    Only people count: not machines, not deleted contributions, not a reply to oneself.

    - waiting: open, asks, and nobody but its author has replied;
    - replied: somebody commented, nobody answered yet;
    - answered: at least one answer by another person, none accepted;
    - not helped: answered, the asker wrote again since the last answer, nothing accepted;
    - resolved: an answer is accepted, or it was closed with a reason that says so;
    - closed: closed for another reason, or its opening was taken out; open: of a kind that does not ask.
    """

    WAITING = "waiting", _("Attend une réponse")
    REPLIED = "replied", _("En discussion, sans réponse")
    ANSWERED = "answered", _("A une réponse")
    NOT_HELPED = "not_helped", _("Pas encore aidée")
    RESOLVED = "resolved", _("Résolue")
    OPEN = "open", _("Ouverte")
    CLOSED = "closed", _("Close")


class Turn(models.TextChoices):
    """Who should write next: the asker when somebody else wrote last, else the community."""

    ASKER = "asker", _("À la personne qui a demandé")
    COMMUNITY = "community", _("À la communauté")
    NOBODY = "", _("À personne")


class ClosedReason(models.TextChoices):
    """Why a conversation was closed. The first two say that the question is resolved."""

    RESOLVED = "resolved", _("Résolue dans l’échange")
    RESOLVED_ELSEWHERE = "resolved_elsewhere", _("Résolue autrement")
    DUPLICATE = "duplicate", _("Déjà posée")
    OFF_TOPIC = "off_topic", _("Hors du sujet de la communauté")
    OBSOLETE = "obsolete", _("N’a plus lieu d’être")


RESOLVING = (ClosedReason.RESOLVED, ClosedReason.RESOLVED_ELSEWHERE)


HOLDER = "conversations.contribution"
"""What files hang on here, for the writing room."""


class Part(models.TextChoices):
    """What a contribution is in its conversation."""

    OPENING = "opening", _("Ouverture")
    ANSWER = "answer", _("Réponse")
    REPLY = "reply", _("Message")
    COMMENT = "comment", _("Commentaire")


class Markup(models.TextChoices):
    """In which form a text was written."""

    MARKDOWN = "markdown", "Markdown"
    HTML = "html", "HTML"


class Meaning(models.TextChoices):
    """Reactions say what a contribution did for somebody. There is no vote against."""

    HELPS = "helps", _("Ça m’aide")
    LIVED = "lived", _("Vécu aussi")
    SAME_QUESTION = "same_question", _("Même question")
    GOOD_QUESTION = "good_question", _("Bonne question")
    THANKS = "thanks", _("Merci")


class LinkKind(models.TextChoices):
    """How one conversation relates to another."""

    DUPLICATE = "duplicate", _("Même question")
    RELATED = "related", _("Question proche")


def meanings(kind: str, part: str) -> tuple[Meaning, ...]:
    """The reactions that make sense on a part of a conversation of that kind."""
    if part != Part.OPENING:
        return (Meaning.HELPS, Meaning.LIVED, Meaning.THANKS)
    if kind == Kind.QUESTION:
        return (Meaning.SAME_QUESTION, Meaning.GOOD_QUESTION)
    if kind == Kind.EXPERIENCE:
        return (Meaning.HELPS, Meaning.LIVED, Meaning.THANKS)
    return (Meaning.LIVED, Meaning.THANKS)
