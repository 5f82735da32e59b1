"""Refusals on the desk, each a sentence that a person can act on."""

from django.utils.translation import gettext as _

from passeur.foundation.errors import PasseurError


class CueGone(PasseurError):
    """The cue is no longer there: somebody answered, or its reason ended."""

    def __str__(self) -> str:
        return _("Ce signal n’est plus d’actualité : quelqu’un a agi entre-temps, ou sa raison a disparu.")


class AlreadyTreated(PasseurError):
    """Another manager was quicker; nothing is done twice."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        return _("%(name)s a déjà traité ce signal. Rien n’a été fait une seconde fois.") % {
            "name": self.name
        }


class NothingToUndo(PasseurError):
    """The gesture was undone already, or what it did cannot be taken back any more."""

    def __str__(self) -> str:
        return _("Ce geste est déjà annulé.")


class NoSuchMove(PasseurError):
    """A move that this cue does not offer, or no longer: the person it named may have no room any more."""

    def __str__(self) -> str:
        return _("Ce geste n’est plus proposé pour ce signal : la liste est à jour.")
