"""Refusals, each a sentence that a person can act on."""

from django.utils.translation import gettext as _

from passeur.foundation.errors import PasseurError


class AlreadyDone(PasseurError):
    """Somebody saw to it a moment before."""

    def __str__(self) -> str:
        return _("Quelqu’un s’en est déjà chargé : il n’y a plus rien à faire cette fois-ci.")


class NotAMember(PasseurError):
    """The owner or the substitute does not belong to the community."""

    def __str__(self) -> str:
        return _("Choisissez deux membres de la communauté qui ont un compte.")


class Ended(PasseurError):
    """Changing a ritual that ended."""

    def __str__(self) -> str:
        return _("Ce rituel est terminé : créez-en un autre.")
