"""Signing in, and asking for a way back in."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from django import forms
from django.utils.translation import gettext_lazy as _

from passeur.foundation.addresses import AddressField


class SignIn(LoginForm):
    """Address, password, and whether to stay signed in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField()
        password = forms.CharField(
            label=_("Mot de passe"),
            strip=False,
            widget=forms.PasswordInput({"autocomplete": "current-password"}),
        )
        self.fields["password"] = password
        self.fields["remember"].label = _("Garder ma session sur cet appareil")
        self.order_fields(["login", "password", "remember"])


class ResetPassword(ResetPasswordForm):
    """The address that a link is mailed to, if somebody signs in with it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField()

    def clean_email(self) -> str:
        """The address as it is: the job that mails looks up whose it is, so that nobody waits for that."""
        address: str = self.cleaned_data["email"]
        return address
