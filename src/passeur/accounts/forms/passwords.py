"""Choosing a password: once, in sight of what is asked of it."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, ResetPasswordKeyForm
from django import forms
from django.utils.translation import gettext_lazy as _

HINT = _("Douze caractères ou plus. Une phrase de quatre ou cinq mots convient très bien.")


class NewPasswordField(forms.CharField):
    """A password to be; the form checks it against the person it is for."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Nouveau mot de passe"))
        options.setdefault("help_text", HINT)
        options.setdefault("widget", forms.PasswordInput({"autocomplete": "new-password"}))
        super().__init__(strip=False, **options)


class ChangePassword(ChangePasswordForm):
    """The current password, and the one to come."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        current, new = self.fields["oldpassword"], self.fields["password1"]
        current.label, current.help_text = _("Mot de passe actuel"), ""
        new.label, new.help_text = _("Nouveau mot de passe"), HINT
        for field in (current, new):
            field.widget.attrs.pop("placeholder", None)


class ChooseNewPassword(ResetPasswordKeyForm):
    """The new password of somebody who came by the link in a mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        new = self.fields["password1"]
        new.label, new.help_text = _("Nouveau mot de passe"), HINT
        new.widget.attrs.pop("placeholder", None)
