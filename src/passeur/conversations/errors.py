"""Refusals in conversations, each a sentence that a person can act on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from passeur.foundation.errors import Conflict, PasseurError

if TYPE_CHECKING:
    from .queries.reunions import Reunion


class ConversationIsClosed(PasseurError):
    """Writing in a closed conversation."""

    def __str__(self) -> str:
        return _("Cet échange est clos : rouvrez-le, ou posez une nouvelle question.")


class ForeignAnswer(PasseurError):
    """Accepting an answer of another question."""

    def __str__(self) -> str:
        return _("Cette réponse appartient à une autre question.")


class OnlyQuestionsAreAnswered(PasseurError):
    """Answering or accepting where nothing was asked."""

    def __str__(self) -> str:
        return _("Seule une question reçoit des réponses ; ici, écrivez un message.")


class NothingLasts(PasseurError):
    """Saying whether it still holds where no answer is accepted and no experience told."""

    def __str__(self) -> str:
        return _("Il n’y a ici ni réponse acceptée ni retour d’expérience à vérifier.")


class SaidSince(Conflict):
    """Taking back what somebody said of a text, when something else was said since."""

    def __str__(self) -> str:
        return _("Quelqu’un a dit autre chose entre-temps : relisez la page.")


class DeletedContribution(PasseurError):
    """Acting on a text that was taken out."""

    def __str__(self) -> str:
        return _("Ce texte a été retiré : il n’y a plus rien à modifier.")


class OpeningCannotBeDeleted(PasseurError):
    """Deleting the opening of a conversation that others wrote in."""

    def __str__(self) -> str:
        return _(
            "D’autres personnes ont répondu : l’ouverture reste. Vous pouvez la modifier ou clore l’échange."
        )


class EditedMeanwhile(Conflict):
    """Somebody saved a newer version since this one was opened, and changed the same sentences.

    `reunion` holds both texts, and where they differ.
    """

    def __init__(self, reunion: Reunion) -> None:
        super().__init__()
        self.reunion = reunion

    def __str__(self) -> str:
        return _(
            "Ce texte a été modifié pendant que vous écriviez. Les deux versions sont ci-dessous ; "
            "rien n’a été remplacé."
        )


class AlreadyLinked(PasseurError):
    """Linking two conversations twice, or one to itself."""

    def __str__(self) -> str:
        return _("Ces deux échanges sont déjà reliés.")
