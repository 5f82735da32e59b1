"""What the administration refuses, each with a sentence that says what to do."""

from django.utils.translation import gettext as _

from passeur.foundation.errors import PasseurError


class Unreadable(PasseurError):
    """A file that holds no list of people; the sentence says what to change in it."""


class AlreadyRun(PasseurError):
    """The file was launched before, from here or another window."""

    def __str__(self) -> str:
        return _("Ce fichier a déjà été lancé.")
