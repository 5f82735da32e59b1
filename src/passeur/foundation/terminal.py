"""What the program says on a terminal: in French where the machine speaks French, else in English.

It reads the same catalogue as the pages, without Django: a command's help must not wait for it.
"""

import gettext as catalogues
import os
from functools import cache
from pathlib import Path

from passeur.foundation.typography import french

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def language() -> str:
    """`fr` when the first of LC_ALL, LC_MESSAGES and LANG that is set starts with fr, else `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    # French is the language of the messages in the code: it needs no catalogue.
    if language == "fr":
        return catalogues.NullTranslations()
    return catalogues.translation("django", LOCALE, languages=[language], fallback=True)


def gettext(message: str) -> str:
    """`message` in the language of the terminal."""
    spoken = language()
    said = _catalogue(spoken).gettext(message)
    return french(said) if spoken == "fr" else said


def gettext_noop(message: str) -> str:
    """`message` as it is, marked for the catalogue: `gettext` says it later."""
    return message


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form of the message for `number`, in the language of the terminal."""
    # French counts zero as singular; the null catalogue would follow the English rule.
    if language() == "fr":
        return french(singular if number < 2 else plural)
    return _catalogue(language()).ngettext(singular, plural, number)
