"""What the skills room refuses, each with a sentence that says what to do."""

from django.utils.translation import gettext as _

from passeur.foundation.errors import PasseurError


class NameTaken(PasseurError):
    """Another theme of the community has that name, or that synonym."""

    def __init__(self, name: str, theme: str) -> None:
        super().__init__(name, theme)
        self.name, self.theme = name, theme

    def __str__(self) -> str:
        return _("« %(name)s » désigne déjà le thème « %(theme)s ».") % {
            "name": self.name,
            "theme": self.theme,
        }


class WouldCircle(PasseurError):
    """A theme cannot stand under itself."""

    def __str__(self) -> str:
        return _("Un thème ne peut pas être rangé sous lui-même ni sous un de ses sous-thèmes.")


class OtherCommunity(PasseurError):
    """Both themes must be of the same community."""

    def __str__(self) -> str:
        return _("Ces deux thèmes ne sont pas de la même communauté.")


class TooDeep(PasseurError):
    """The tree has room for eight levels."""

    def __str__(self) -> str:
        return _("L’arbre des thèmes a huit niveaux au plus. Rangez ce thème plus haut.")
