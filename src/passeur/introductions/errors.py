"""Refusals, each a sentence that a person can act on."""

from django.utils.translation import gettext as _

from passeur.foundation.errors import PasseurError


class NotIntroducible(PasseurError):
    """One of the two has no account, or would rather not be proposed."""

    def __str__(self) -> str:
        return _(
            "L’une de ces deux personnes n’est pas proposée pour des présentations : choisissez-en une autre."
        )


class NotTogether(PasseurError):
    """The two do not both belong to the community."""

    def __str__(self) -> str:
        return _("Choisissez deux membres de la communauté.")


class AlreadyProposed(PasseurError):
    """An introduction of the two waits, or their exchange is open."""

    def __str__(self) -> str:
        return _("Une présentation de ces deux personnes existe déjà.")


class AlreadyOpen(PasseurError):
    """Taking back a proposal to which both said yes."""

    def __str__(self) -> str:
        return _("Les deux ont dit oui : leur échange est ouvert, et cette présentation reste.")


class TooManyOpen(PasseurError):
    """As many proposals wait for one of the two as one person may have."""

    def __str__(self) -> str:
        return _(
            "L’une de ces deux personnes a déjà deux présentations en attente : proposez celle-ci plus tard."
        )


class NoReason(PasseurError):
    """A manager proposes without saying why."""

    def __str__(self) -> str:
        return _("Dites en une phrase pourquoi : c’est ce que les deux personnes liront.")


class NotOpen(PasseurError):
    """Answering or writing where that is over."""

    def __str__(self) -> str:
        return _("Cette présentation est terminée : il n’y a plus rien à y répondre.")


class EmptyMessage(PasseurError):
    """A message without words."""

    def __str__(self) -> str:
        return _("Il manque le texte : quelques mots suffisent.")
