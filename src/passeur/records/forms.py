"""What an administrator says of programs that may use the store, and of who is whom in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from passeur.foundation.forms import PersonInput

from .choices import Scope
from .queries import agents

if TYPE_CHECKING:
    from passeur.accounts.models import Member


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
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Le moins possible : un LMS qui envoie des traces n’a besoin que de les écrire."),
        error_messages={"required": _("Cochez au moins une chose qu’il peut faire.")},
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
