"""How allauth behaves in this house: nobody signs up alone, and it speaks our words."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from passeur.foundation.toasts import toast

SAID = {
    "account/messages/password_changed.txt": _(
        "Votre mot de passe est changé. Les autres appareils sont déconnectés."
    ),
}
"""What allauth may say, by its template; the rest of its messages state the obvious."""


class Adapter(DefaultAccountAdapter):
    """The rules that allauth asks us for."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Ce compte est fermé."),
        "email_password_mismatch": _("Cette adresse et ce mot de passe ne vont pas ensemble."),
        "enter_current_password": _("Ce n’est pas votre mot de passe actuel."),
        "incorrect_password": _("Ce mot de passe n’est pas le bon."),
        "invalid_login": _("Cette adresse et ce mot de passe ne vont pas ensemble."),
        "too_many_login_attempts": _(
            "Trop d’essais. Attendez cinq minutes, ou demandez un nouveau mot de passe."
        ),
        "rate_limited": _("Trop de demandes à la suite. Attendez quelques minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """By invitation only (`communities`)."""
        return False

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        if (words := SAID.get(message_template or "")) is not None:
            toast(request, words)
