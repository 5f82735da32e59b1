"""Refusals about referrals, each a sentence that a person can act on."""

from django.utils.translation import gettext as _

from passeur.foundation.errors import PasseurError

from .choices import Obstacle


class CannotBeAsked(PasseurError):
    """The person cannot be asked now; `obstacle` says why."""

    def __init__(self, name: str, obstacle: Obstacle) -> None:
        super().__init__(name, obstacle)
        self.name, self.obstacle = name, obstacle

    def __str__(self) -> str:
        sentences = {
            Obstacle.NO_ACCOUNT: _("%(name)s n’a pas de compte : invitez cette personne d’abord."),
            Obstacle.LEFT: _("%(name)s n’est plus dans cette communauté : choisissez quelqu’un d’autre."),
            Obstacle.NOT_RECEIVING: _(
                "%(name)s ne souhaite pas recevoir de questions : choisissez quelqu’un d’autre."
            ),
            Obstacle.PAUSED: _("%(name)s est en pause : choisissez quelqu’un d’autre."),
            Obstacle.ASKED: _("Une demande est déjà partie à %(name)s pour cette question."),
            Obstacle.FULL: _("%(name)s a déjà assez de demandes ouvertes : choisissez quelqu’un d’autre."),
            Obstacle.WEEK_FULL: _(
                "%(name)s a reçu assez de demandes cette semaine : choisissez quelqu’un d’autre."
            ),
        }
        return str(sentences[self.obstacle]) % {"name": self.name}


class NothingToRefer(PasseurError):
    """The question needs nobody any more, or nothing was asked."""

    def __str__(self) -> str:
        return _("Cette question n’attend plus de réponse : il n’y a personne à solliciter.")


class AlreadyDecided(PasseurError):
    """The request was answered, withdrawn or passed on meanwhile."""

    def __str__(self) -> str:
        return _(
            "Cette demande n’attend plus de décision : elle a été traitée ou passée à quelqu’un d’autre."
        )
