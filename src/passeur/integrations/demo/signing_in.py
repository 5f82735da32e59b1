"""Who can sign in to the demonstration. The password is this installation's own: nobody else can guess it."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .files import Company

ROLES: dict[str, str | Promise] = {
    "lcm": _("animatrice de communautés apprenantes"),
    "member": _("membre"),
    "expert": _("experte"),
    "training_manager": _("responsable formation"),
    "administrator": _("administrateur de Passeur"),
}


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account of the demonstration that somebody can use."""

    key: str
    name: str
    email: str
    password: str
    role: str


def sign_ins(company: Company | None = None) -> list[SignIn]:
    """The accounts to try, one a role."""
    company = company or Company()
    found = []
    for role, key in company.about["sign_ins"].items():
        person = company.people[key]
        found.append(SignIn(key, person["name"], person["email"], password(), str(ROLES.get(role, role))))
    return found


def password() -> str:
    """Drawn from the secret key of this installation: the same at each start, another on each machine."""
    digest = salted_hmac("passeur.demo", "sign-in", algorithm="sha256").digest()
    return base64.b32encode(digest).decode().lower()[:12]
