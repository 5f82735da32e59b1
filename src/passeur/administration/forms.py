"""Giving roles, inviting somebody, reading the log, and the name that confirms what cannot be undone."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from passeur.communities import queries as communities
from passeur.communities.choices import Role
from passeur.foundation.text import fold_name

from . import queries


class GiveRole(forms.Form):
    """The role of one member in one community."""

    role = forms.ChoiceField(label=_("Rôle"), choices=Role.choices)


class InvitePerson(GiveRole):
    """A community, and the role that somebody comes in with."""

    community: Any = forms.ModelChoiceField(queryset=communities.places().filter(archived_at=None))


class PeopleFile(forms.Form):
    """A CSV file, and the community of the lines that name none."""

    file = forms.FileField(
        label=_("Fichier CSV"),
        widget=forms.FileInput({"accept": ".csv,text/csv,text/plain"}),
        error_messages={
            "required": _("Choisissez un fichier CSV."),
            "empty": _("Ce fichier est vide."),
            "invalid": _("Choisissez un fichier CSV."),
            "missing": _("Choisissez un fichier CSV."),
        },
    )
    community: Any = forms.ModelChoiceField(
        label=_("Communauté des lignes qui n’en disent pas"),
        queryset=communities.places().filter(archived_at=None),
        required=False,
        empty_label=_("Aucune : chaque ligne dit la sienne"),
    )


class RoleFilter(forms.Form):
    """Which roles to show: from the address of the page."""

    community: Any = forms.ModelChoiceField(
        label=_("Communauté"), queryset=communities.places(), required=False, empty_label=_("Toutes")
    )
    role = forms.ChoiceField(label=_("Rôle"), required=False, choices=[("", _("Tous")), *Role.choices])


class TypedName(forms.Form):
    """The name of the person, typed: nobody is erased by a slip of the finger."""

    name = forms.CharField(
        label=_("Le nom de la personne, pour confirmer"), widget=forms.TextInput({"autocomplete": "off"})
    )

    def __init__(self, *args: Any, wanted: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = wanted
        self.fields["name"].help_text = _("Écrivez : %(name)s") % {"name": wanted}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if fold_name(name) != fold_name(self.wanted):
            raise forms.ValidationError(_("Ce n’est pas ce nom : %(name)s.") % {"name": self.wanted})
        return name


class LogFilter(forms.Form):
    """What to look for in the audit log: from the address of the page."""

    act = forms.ChoiceField(label=_("Acte"), required=False)
    q = forms.CharField(label=_("Nom"), required=False, max_length=150)
    person = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    since = forms.DateField(label=_("Du"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("Au"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["act"])
        field.choices = [("", _("Tous")), *queries.acts()]

    @property
    def asked(self) -> queries.Asked:
        """Call it once the form is valid."""
        given = self.cleaned_data
        return queries.Asked(given["act"], given["person"], given["q"], given["since"], given["until"])
