"""Refusals in notifications, each a sentence that a person can act on."""

from django.utils.translation import gettext as _

from passeur.foundation.errors import PasseurError


class NoDigest(PasseurError):
    """Something is to stand in a digest that never comes."""

    def __str__(self) -> str:
        return _("Choisissez quand vient votre résumé, ou une autre façon de l’apprendre.")


class UnknownToken(PasseurError):
    """A link that stops mail, not made by us or cut short."""

    def __str__(self) -> str:
        return _(
            "Ce lien est incomplet. Ouvrez-le depuis le courriel, ou changez vos préférences dans Passeur."
        )
