"""The first person who can sign in, made from the command line."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse

from passeur.accounts import services as accounts
from passeur.foundation.errors import PasseurError
from passeur.foundation.terminal import gettext as _


class Unacceptable(PasseurError):
    """An address or a password that will not do; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Made:
    """The account, and the link to choose a password where none was given."""

    email: str
    link: str | None


def create(*, email: str, name: str, password: str | None) -> Made:
    """Open an administrator's account. Without a password, whoever has the link chooses it."""
    try:
        validate_email(email)
        if password is not None:
            validate_password(password)
    except ValidationError as error:
        raise Unacceptable(_("Refusé : {why}").format(why=" ".join(error.messages))) from error
    member = accounts.open_account(email=email, name=name, password=password, is_administrator=True)
    return Made(str(member.email), None if password else _link(member))


def _link(member: Any) -> str:
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    origin = settings.ADDRESS.origin if settings.ADDRESS else "http://127.0.0.1:8000"
    words = {"uidb36": user_pk_to_url_str(member), "key": default_token_generator.make_token(member)}
    return origin + reverse("account_reset_password_from_key", kwargs=words)
