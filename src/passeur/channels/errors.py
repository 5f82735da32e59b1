"""Refusals of archives, each a sentence that a person can act on."""

from django.utils.translation import gettext as _

from passeur.foundation.errors import PasseurError


class NotAnArchive(PasseurError):
    """What was named holds nothing of the kind that was announced."""

    def __init__(self, place: str, expected: str) -> None:
        self.place, self.expected = place, expected
        super().__init__(place, expected)

    def __str__(self) -> str:
        return _("%(place)s ne contient pas %(expected)s.") % {"place": self.place, "expected": self.expected}


class UnreadableArchive(PasseurError):
    """A file that cannot be opened or unpacked."""

    def __init__(self, place: str, reason: str) -> None:
        self.place, self.reason = place, reason
        super().__init__(place, reason)

    def __str__(self) -> str:
        return _("%(place)s est illisible : %(reason)s. Rien n’a été importé.") % {
            "place": self.place,
            "reason": self.reason,
        }


class HostileArchive(PasseurError):
    """XML that declares a document type: no published dump does, and entities can exhaust the machine."""

    def __init__(self, file: str) -> None:
        self.file = file
        super().__init__(file)

    def __str__(self) -> str:
        return _(
            "%(file)s déclare un type de document (DOCTYPE), ce qu’aucun export publié ne fait : "
            "le fichier est refusé et rien n’a été importé."
        ) % {"file": self.file}


class ImportUnderWay(PasseurError):
    """The same place is being imported right now."""

    def __str__(self) -> str:
        return _("Un import de ce même canal est en cours : attendez qu’il se termine.")


class ForeignChannel(PasseurError):
    """The place was imported into another community before."""

    def __init__(self, community: str) -> None:
        self.community = community
        super().__init__(community)

    def __str__(self) -> str:
        return _("Ce canal alimente déjà la communauté « %(community)s ».") % {"community": self.community}
