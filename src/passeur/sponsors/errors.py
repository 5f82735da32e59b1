"""Refusals in this room, each a sentence that a person can act on."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.foundation.errors import PasseurError


class AlreadyNamed(PasseurError):
    """The address is there."""

    def __str__(self) -> str:
        return _("Cette adresse est déjà dans la liste.")


class SaidNo(PasseurError):
    """Who reads there stopped the report."""

    def __str__(self) -> str:
        return _(
            "Cette personne a arrêté le rapport. Elle seule peut le reprendre, par le lien d’un courriel "
            "qu’elle a reçu."
        )


class TooMany(PasseurError):
    """The list is full."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __str__(self) -> str:
        return ngettext(
            "Une communauté a au plus %(n)s destinataire : retirez-en un d’abord.",
            "Une communauté a au plus %(n)s destinataires : retirez-en un d’abord.",
            self.most,
        ) % {"n": self.most}


class UnknownLink(PasseurError):
    """A link that is not of our making, was cut short, or whose sponsor was taken off the list."""

    def __str__(self) -> str:
        return _(
            "Ce lien est incomplet, ou votre adresse n’est plus dans la liste : plus rien n’y sera envoyé."
        )


class NoReport(PasseurError):
    """A month of which nothing can be told."""

    def __str__(self) -> str:
        return _("Choisissez un mois qui est terminé, parmi les douze derniers, écrit comme 2026-03.")


class NoVoice(PasseurError):
    """A report is made with the rights of an LCM, and there is none."""

    def __str__(self) -> str:
        return _("Personne n’anime cette communauté : confiez-la d’abord à quelqu’un.")


class NoCommunity(PasseurError):
    """No community of that name."""

    def __init__(self, slug: str) -> None:
        self.slug = slug

    def __str__(self) -> str:
        return _("Il n’y a pas de communauté « %(slug)s ».") % {"slug": self.slug}
