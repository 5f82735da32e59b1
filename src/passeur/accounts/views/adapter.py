"""How allauth behaves in this house: nobody signs up alone, and it speaks our words."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from passeur.foundation.toasts import toast

from ..tasks import notice

SAID = {
    "account/messages/password_changed.txt": _(
        "Votre mot de passe est changé. Les autres appareils sont déconnectés."
    ),
}
"""What allauth may say, by its template; the rest of its messages state the obvious."""


NOTICES = {
    "mfa/email/totp_activated": "generator_added",
    "mfa/email/totp_deactivated": "generator_removed",
    "mfa/email/webauthn_added": "passkey_added",
    "mfa/email/webauthn_removed": "passkey_removed",
    "mfa/email/recovery_codes_generated": "codes_made",
}
"""What is told by mail when the ways in change, by the template that allauth would use."""


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

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where one came from, which shows that the other devices are out."""
        return reverse("accounts:security")

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

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """By a job, in our words: whoever did it does not wait for the mail server."""
        if (kind := NOTICES.get(template_prefix)) is not None:
            notice.defer(member=user.pk, kind=kind)


class SecondFactor(DefaultMFAAdapter):
    """Secrets of code generators are kept enciphered with a key made of the installation's own."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Ce code n’est pas le bon. Prenez celui qui s’affiche maintenant."),
        "cannot_generate_recovery_codes": _("Ajoutez d’abord une clé d’accès ou un générateur de codes."),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return str(_("Clé %(n)s")) % {"n": number}

    def _get_site_name(self) -> str:
        return "Passeur"

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        said = super().get_public_key_credential_user_entity(user)
        return {**said, "display_name": user.name, "name": user.email or user.name}


def _cipher() -> Fernet:
    key = sha256(b"passeur.accounts.factors:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(urlsafe_b64encode(key))
