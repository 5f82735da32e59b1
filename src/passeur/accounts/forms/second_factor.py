"""Codes and passkeys, in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


def _code(field: forms.Field, hint: Any) -> None:
    field.label, field.help_text = _("Code"), hint
    field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


class Code(AuthenticateForm):
    """The code of the moment, or one of the recovery codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], _("Celui de votre application, ou l’un de vos codes de secours."))


class Generator(ActivateTOTPForm):
    """The first code that an application shows proves that it has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], _("Les six chiffres que l’application affiche maintenant."))


class AddPasskey(AddWebAuthnForm):
    """A passkey, with a name to know it by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        self.fields["name"].label = _("Nom de la clé")
        self.fields["name"].help_text = _("Pour la reconnaître : l’appareil où elle se trouve, par exemple.")
        self.fields["name"].widget.attrs["maxlength"] = 60


class ProveByPassword(ReauthenticateForm):
    """The password, once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        password = self.fields["password"]
        password.label = _("Mot de passe")
        # All there is to do on that page.
        password.widget = forms.PasswordInput({"autocomplete": "current-password", "autofocus": True})
