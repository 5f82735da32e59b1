"""Another address, and leaving for good."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from passeur.foundation.addresses import AddressField
from passeur.foundation.text import fold_name

from ..models import Member


class Address(forms.Form):
    """The address to be. Whether it is somebody's is not said here."""

    address = AddressField(label=_("Nouvelle adresse électronique"))

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip().lower()
        if address == self.member.email:
            raise forms.ValidationError(_("C’est déjà votre adresse."))
        return address


class Erase(forms.Form):
    """One's own name, typed: nobody erases themselves by a slip of the finger."""

    name = forms.CharField(
        label=_("Votre nom, pour confirmer"), widget=forms.TextInput({"autocomplete": "off"})
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        self.fields["name"].help_text = _("Écrivez : %(name)s") % {"name": member.name}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if fold_name(name) != fold_name(self.member.name):
            raise forms.ValidationError(
                _("Ce n’est pas le nom de votre compte : %(name)s.") % {"name": self.member.name}
            )
        return name
