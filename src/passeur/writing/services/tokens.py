"""The name of a form as one page shows it: whose, for which place. Signed, so that nobody makes one up."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core import signing
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from passeur.accounts.models import Member

SALT = "passeur.writing.sheet"


@dataclass(frozen=True, slots=True)
class Token:
    """What a form says of itself. `sheet` differs each time a page is drawn."""

    member: int
    place: str
    sheet: str


def new_token(member: Member, place: str) -> str:
    """For the hidden field `draft` of a form."""
    return signing.dumps([member.pk, place, secrets.token_urlsafe(12)], salt=SALT)


def read_token(text: str) -> Token | None:
    """What was signed; None for anything else."""
    try:
        member, place, sheet = signing.loads(text, salt=SALT) if text else (None, "", "")
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Token(member, place, sheet) if isinstance(member, int) else None


def device_key(member: Member) -> str:
    """The AES key (256 bits, base64) under which this member's drafts lie in a browser: the next person at
    the same machine finds only letters without sense.
    """
    made = salted_hmac("passeur.writing.device", str(member.pk), algorithm="sha256").digest()
    return base64.b64encode(made).decode()


def device_owner(member: Member) -> str:
    """The name of this member's drafts in a browser; says nothing of who it is."""
    return salted_hmac("passeur.writing.owner", str(member.pk), algorithm="sha256").hexdigest()[:24]
