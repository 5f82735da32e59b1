"""What communities refuse, each with a sentence that says what to do."""

from django.utils.translation import gettext as _

from passeur.foundation.errors import Conflict, PasseurError


class LastManager(PasseurError):
    """A community keeps at least one LCM."""

    def __str__(self) -> str:
        return _("Personne d’autre n’anime cette communauté. Confiez d’abord ce rôle à quelqu’un.")


class CharterChanged(Conflict):
    """Another version came into force while this one was being read."""

    def __str__(self) -> str:
        return _("La charte a changé pendant votre lecture. Relisez-la, puis acceptez-la.")


class AlreadyMember(PasseurError):
    """The address invited belongs to a current member."""

    def __str__(self) -> str:
        return _("Cette personne est déjà membre de la communauté.")


class InvitationEnded(PasseurError):
    """Used, withdrawn, replaced by a newer mail, or older than two weeks."""

    def __str__(self) -> str:
        return _(
            "Cette invitation n’est plus valable. Demandez-en une autre à la personne qui vous l’a envoyée."
        )


class OtherAddress(PasseurError):
    """The invitation was sent to another address than that of the person signed in."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address

    def __str__(self) -> str:
        return _("Cette invitation est pour %(address)s. Connectez-vous avec cette adresse.") % {
            "address": self.address
        }


class HasAccount(PasseurError):
    """The invited address already signs in: no second account is made."""

    def __str__(self) -> str:
        return _("Cette adresse a déjà un compte. Connectez-vous pour accepter l’invitation.")


class AlreadyDecided(Conflict):
    """Another manager decided first."""

    def __str__(self) -> str:
        return _("Cette demande a déjà reçu une décision.")


class AlreadyClaimed(PasseurError):
    """The same person asked already, and waits."""

    def __str__(self) -> str:
        return _("Vous avez déjà fait cette demande. Elle attend une décision.")
