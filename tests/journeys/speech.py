"""What pages say, in the language of who reads: journeys name buttons by the French words of the code."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext, pgettext

LANGUAGES = ["fr", "en"]
_LOCALES = {"fr": "fr-FR", "en": "en-GB"}


@dataclass(frozen=True)
class Speech:
    """`says("Retirer la demande à %(name)s", name="Farid")` is that button's name in this language."""

    language: str

    @property
    def locale(self) -> str:
        """As a browser names the language."""
        return _LOCALES[self.language]

    def __call__(self, french: str, /, *, context: str = "", **values: object) -> str:
        with translation.override(self.language):
            words = pgettext(context, french) if context else gettext(french)
        return words % values if values else words
