"""E-mail addresses in forms: lower case, and errors that say which part is missing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _


class AddressField(forms.EmailField):
    """An e-mail address, in lower case; an error says what is missing rather than that it is wrong."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Adresse électronique"))
        super().__init__(**options)
        self.widget.attrs.update(
            {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        )
        self.validators = [check_address]

    def clean(self, value: Any) -> Any:
        return super().clean(value).lower()


def check_address(value: str) -> None:
    """Refuse what cannot be an address, with the part that is missing."""
    name, at, host = value.rpartition("@")
    if not at:
        raise ValidationError(_("Il manque le « @ » de l’adresse."))
    if not name:
        raise ValidationError(_("Il manque le début de l’adresse, avant le « @ »."))
    if "." not in host.strip("."):
        raise ValidationError(_("Il manque la fin de l’adresse, par exemple « .fr »."))
    EmailValidator(_("Cette adresse ne peut pas exister. Vérifiez-la."))(value)
