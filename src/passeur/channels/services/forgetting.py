"""Accounts of outside places whose person was erased here: kept as a keyed hash, and as nothing else."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from ..models import Forgotten, Identity

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def key() -> bytes:
    """Made of this installation's secret key: where that changes, what was forgotten is not recognised."""
    return sha256(b"passeur.channels.forgotten:" + settings.SECRET_KEY.encode()).digest()


def digest(external_id: str) -> bytes:
    """The keyed hash of an account's id, hashed twice as HMAC does; `people._FORGOTTEN` says it in SQL."""
    return sha256(key() + sha256(key() + external_id.encode()).digest()).digest()


def forget(member: Member) -> int:
    """Turn the identities of somebody who is being erased into hashes; how many there were."""
    with transaction.atomic():
        identities = list(Identity.objects.select_for_update().filter(member=member))
        Forgotten.objects.bulk_create(
            [
                Forgotten(channel_id=one.channel_id, digest=digest(one.external_id), member=member)
                for one in identities
            ],
            ignore_conflicts=True,
        )
        Identity.objects.filter(pk__in=[one.pk for one in identities]).delete()
    return len(identities)
