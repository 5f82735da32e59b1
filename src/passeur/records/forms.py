"""What an administrator says of programs that may use the store, and of who is whom in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from passeur.foundation import typography
from passeur.foundation.forms import PersonInput

from .adapters.lrs import Lrs
from .choices import MOST_PER_MINUTE, PER_MINUTE, Scope
from .errors import Elsewhere
from .queries import agents, courses

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def _unless_said() -> str:
    usual = typography.number(PER_MINUTE, language=get_language() or "fr")
    return gettext("Au-delà, il lui est répondu d’attendre. Vide : %(usual)s.") % {"usual": usual}


def _scopes() -> list[tuple[str, str]]:
    """What a client may do; each begins a line of its own here."""
    return [(value, capfirst(str(label))) for value, label in Scope.choices]


class ClientForm(forms.Form):
    """A new client."""

    name = forms.CharField(
        label=_("Nom"),
        max_length=100,
        help_text=_("Le programme et à quoi il sert : « Moodle de production »."),
        error_messages={"required": _("Donnez un nom, pour reconnaître ce client plus tard.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("Ce qu’il peut faire"),
        choices=_scopes,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Le moins possible : un LMS qui envoie des traces n’a besoin que de les écrire."),
        error_messages={"required": _("Cochez au moins une chose qu’il peut faire.")},
    )
    per_minute = forms.IntegerField(
        label=_("Requêtes par minute au plus"),
        min_value=1,
        max_value=MOST_PER_MINUTE,
        initial=PER_MINUTE,
        required=False,
        help_text=lazy(_unless_said, str)(),
        error_messages={"invalid": _("Donnez un nombre entier.")},
    )


class _PeopleInput(PersonInput):
    """Offers everybody who is somebody here."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.people = "records:offered"


class LinkForm(forms.Form):
    """Who an agent is."""

    person = forms.CharField(
        label=_("Membre"),
        max_length=200,
        widget=_PeopleInput,
        help_text=_("Le nom, le nom court (@karim) ou l’adresse électronique."),
        error_messages={"required": _("Dites de qui est ce compte.")},
    )

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_person(self) -> Member:
        found = agents.named(self.by, self.cleaned_data["person"])
        if found is None:
            raise forms.ValidationError(
                _(
                    "Aucun membre n’a ce nom, ou plusieurs l’ont : "
                    "choisissez dans la liste, ou donnez l’adresse."
                )
            )
        return found


class ForwardForm(forms.Form):
    """Another store that gets the statements."""

    name = forms.CharField(
        label=_("Nom"),
        max_length=100,
        help_text=_("Le magasin et à quoi il sert : « Learning Locker du groupe »."),
        error_messages={"required": _("Donnez un nom, pour reconnaître ce magasin plus tard.")},
    )
    address = forms.CharField(
        label=_("Adresse de son API xAPI"),
        max_length=300,
        help_text=_("Par exemple https://lrs.exemple.org/xapi/."),
        error_messages={"required": _("Donnez l’adresse, qui commence par https://.")},
    )
    key = forms.CharField(
        label=_("Clé"), max_length=200, error_messages={"required": _("Donnez la clé reçue là-bas.")}
    )
    secret = forms.CharField(
        label=_("Secret"),
        max_length=400,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Gardé chiffré ; il ne sera plus affiché."),
        error_messages={"required": _("Donnez le secret reçu là-bas.")},
    )
    everything = forms.BooleanField(label=_("Envoyer aussi les traces qui sont déjà là"), required=False)

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip()
        try:
            Lrs(address, "", "")
        except Elsewhere as error:
            raise forms.ValidationError(
                _("Cette adresse ne convient pas : donnez une adresse en https://, sans « ? » ni « # ».")
            ) from error
        return address


class TieForm(forms.Form):
    """What a course has to do with: a community as a whole, or a theme of it."""

    place = forms.ChoiceField(
        label=_("Communauté ou thème"),
        help_text=_("Qui suit ce cours et en est membre pourra recevoir un mot ou une proposition d’aide."),
        error_messages={
            "required": _("Choisissez une communauté, ou l’un de ses thèmes."),
            "invalid_choice": _("Choisissez une communauté ou un thème de la liste."),
        },
    )

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = courses.places(by)
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in self._places:
            label = one.theme.name if one.theme else str(_("Toute la communauté"))
            groups.setdefault(one.community.name, []).append((one.value, label))
        field = self.fields["place"]
        field.choices = [("", _("Choisir")), *groups.items()]  # type: ignore[attr-defined]

    def clean_place(self) -> courses.Place:
        wanted = self.cleaned_data["place"]
        return next(one for one in self._places if one.value == wanted)
