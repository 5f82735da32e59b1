"""What the accounts room refuses, each with a sentence that says what to do."""

from django.utils.translation import gettext as _

from passeur.foundation.errors import PasseurError


class AddressTaken(PasseurError):
    """Another member signs in with that address."""

    def __str__(self) -> str:
        return _("Cette adresse est déjà celle d’un membre.")


class LastAdministrator(PasseurError):
    """Somebody always administers the installation."""

    def __str__(self) -> str:
        return _("Personne d’autre n’administre Passeur. Confiez d’abord ce rôle à quelqu’un.")


class MergeAlreadyUndone(PasseurError):
    """There is nothing left to take back."""

    def __str__(self) -> str:
        return _("Ce rapprochement a déjà été annulé.")


class AddressLinkEnded(PasseurError):
    """The link is too old, was used, or the address has become somebody's."""

    def __str__(self) -> str:
        return _("Ce lien ne sert plus. Demandez-en un autre depuis vos préférences.")
