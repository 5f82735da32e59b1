"""Refusals of this room, each a sentence that says what to do."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from passeur.foundation.errors import Conflict, PasseurError


class FileRefused(PasseurError):
    """A file that is not taken; `name` is how its owner calls it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class TooLarge(FileRefused):
    """Beyond what one file may weigh."""

    def __init__(self, name: str, most: int) -> None:
        super().__init__(name)
        self.most = most

    def __str__(self) -> str:
        return _("« %(name)s » dépasse %(most)s : réduisez-le, ou joignez un lien vers le document.") % {
            "name": self.name,
            "most": filesizeformat(self.most),
        }


class UnknownKind(FileRefused):
    """Not an image or a document that is taken here, by its content."""

    def __str__(self) -> str:
        return _(
            "« %(name)s » n’est pas d’une sorte acceptée : joignez une image (PNG, JPEG, GIF, WebP), un PDF, "
            "un document bureautique sans macro, du texte ou une archive ZIP."
        ) % {"name": self.name}


class AnotherImage(UnknownKind):
    """An image of a sort that is not drawn here, such as a telephone's HEIC."""

    def __str__(self) -> str:
        return _(
            "L’image « %(name)s » n’est pas d’une sorte acceptée : enregistrez-la en JPEG ou en PNG."
        ) % {"name": self.name}


class BrokenImage(FileRefused):
    """Says that it is an image, and cannot be drawn."""

    def __str__(self) -> str:
        return _("L’image « %(name)s » est abîmée : enregistrez-la de nouveau, puis joignez-la.") % {
            "name": self.name
        }


class TooManyPixels(FileRefused):
    """An image larger than what is drawn here."""

    def __init__(self, name: str, most: int) -> None:
        super().__init__(name)
        self.most = most

    def __str__(self) -> str:
        return _("L’image « %(name)s » dépasse %(most)d millions de points : réduisez-la d’abord.") % {
            "name": self.name,
            "most": self.most // 1_000_000,
        }


class EmptyFile(FileRefused):
    """Nothing in it."""

    def __str__(self) -> str:
        return _("« %(name)s » est vide : choisissez un autre fichier.") % {"name": self.name}


class QuotaReached(FileRefused):
    """This person's files together weigh too much."""

    def __init__(self, name: str, most: int) -> None:
        super().__init__(name)
        self.most = most

    def __str__(self) -> str:
        return _(
            "Vos fichiers atteignent %(most)s, la place de chacun : effacez des brouillons ou retirez "
            "des fichiers de vos textes, puis joignez « %(name)s »."
        ) % {"name": self.name, "most": filesizeformat(self.most)}


class NoRoomLeft(FileRefused):
    """The disk took nothing more."""

    def __str__(self) -> str:
        return _(
            "« %(name)s » n’a pas pu être gardé, le serveur n’a plus de place. Votre texte est intact ; "
            "prévenez l’administration, puis joignez-le de nouveau."
        ) % {"name": self.name}


class Busy(FileRefused):
    """Too many documents are being looked into at this moment."""

    def __str__(self) -> str:
        return _(
            "Trop de documents arrivent à la fois : dans une minute, joignez « %(name)s » de nouveau."
        ) % {"name": self.name}


class NewerDraft(Conflict):
    """The draft was saved elsewhere since this page knew it."""

    def __str__(self) -> str:
        return _("Un brouillon plus récent de ce texte a été enregistré ailleurs.")


class TooMuchText(PasseurError):
    """More than a draft holds."""

    def __str__(self) -> str:
        return _(
            "Ce brouillon est trop long pour être gardé : gardez-en une copie, ou publiez-le en deux fois."
        )
