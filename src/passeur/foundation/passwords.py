"""What a password must not be, beyond Django's own rules: a French word that everybody tries first."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from passeur.foundation.text import fold

FEWEST_DIFFERENT = 5
WORN_OUT = frozenset(
    """
    motdepasse monmotdepasse azerty azertyuiop qsdfghjklm wxcvbn bonjour bienvenue soleil doudou chouchou
    loulou coucou jetaime marseille toulouse bordeaux lyon paris france vive laviedechateau changezmoi
    provisoire entreprise formation apprendre communaute passeur administrateur utilisateur secret nouveau
    """.split()  # noqa: SIM905 - words read better as words
)


class NotWornOut:
    """Refuses a common French word, however it is dressed up with digits, and a few characters repeated."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise `ValidationError` with what to do."""
        letters = re.sub(r"[^a-z]", "", fold(password))
        half, odd = divmod(len(letters), 2)
        is_twice = not odd and letters[:half] == letters[half:]
        if letters in WORN_OUT or (is_twice and letters[:half] in WORN_OUT):
            raise ValidationError(
                _("Ce mot de passe est l’un des premiers qu’on essaie. Prenez plutôt une phrase à vous."),
                code="password_worn_out",
            )
        if len(set(password)) < FEWEST_DIFFERENT:
            raise ValidationError(
                _("Ce mot de passe répète les mêmes caractères. Prenez plutôt une phrase à vous."),
                code="password_repeats",
            )

    def get_help_text(self) -> str:
        """What Django prints where it lists the rules."""
        return _("Un mot que tout le monde essaie ne convient pas.")
