"""Coming in: accepting the charter, with or without an invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..models import Charter, Invitation

MUST_ACCEPT = _("Lisez la charte, puis cochez cette case.")


class AcceptCharter(forms.Form):
    """The version that was read, and the yes. Without a charter there is nothing to accept."""

    def __init__(self, *args: Any, charter: Charter | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if charter is None:
            return
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=charter.version)
        self.fields["accepted"] = forms.BooleanField(
            label=_("J’ai lu la charte et je l’accepte"), error_messages={"required": MUST_ACCEPT}
        )

    @property
    def version(self) -> int | None:
        """The version accepted, None where the community had no charter."""
        return self.cleaned_data.get("version")


class AcceptInvitation(AcceptCharter):
    """Somebody with an account accepts an invitation."""


class NewcomerAcceptsInvitation(AcceptCharter):
    """Somebody without an account accepts an invitation: a name, a password, the charter."""

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        self.fields["name"].initial = invitation.name
        self.order_fields(["name", "password", "version", "accepted"])

    name = forms.CharField(
        label=_("Votre nom"),
        max_length=150,
        help_text=_("Celui que vos collègues connaissent."),
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Il manque votre nom.")},
    )
    password = forms.CharField(
        label=_("Mot de passe"),
        strip=False,
        help_text=_("Douze caractères ou plus. Une phrase de quatre ou cinq mots convient très bien."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": _("Choisissez un mot de passe.")},
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if password := cleaned.get("password"):
            person = get_user_model()(email=self.invitation.email, name=cleaned.get("name", ""))
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
