"""Refusals in outreach, each a sentence that a person can act on."""

from django.utils.translation import gettext as _

from passeur.foundation.errors import PasseurError


class NoAccount(PasseurError):
    """Writing to somebody who cannot sign in."""

    def __str__(self) -> str:
        return _("Cette personne n’a pas de compte ici : invitez-la d’abord.")


class AlreadySent(PasseurError):
    """Withdrawing a note that has left."""

    def __str__(self) -> str:
        return _("Ce mot est déjà parti par courriel : écrivez-en un autre pour le compléter.")


class EmptyNote(PasseurError):
    """A note without words."""

    def __str__(self) -> str:
        return _("Il manque le texte : quelques mots suffisent.")
