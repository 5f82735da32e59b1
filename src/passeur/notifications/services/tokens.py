"""What stands in an address that stops mail: who, and which kinds; signed, so that nobody makes one up.

It does not expire: a mail of years ago can still be left. It lets nobody do anything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core import signing

if TYPE_CHECKING:
    from passeur.accounts.models import Member

SALT = "passeur.notifications.unsubscribe"
DIGEST = "digest"
"""Stands for the digest among the slugs of kinds."""


def token_for(member: Member, kinds: list[str]) -> str:
    """The token that stops these kinds for that person."""
    return signing.Signer(salt=SALT).sign_object([member.pk, kinds], compress=True)


def read(token: str) -> tuple[int, list[str]] | None:
    """Whose and which; None when it is not of our making."""
    try:
        member, kinds = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(member), [str(kind) for kind in kinds]
