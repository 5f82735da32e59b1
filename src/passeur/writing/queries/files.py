"""Files by their address, and what of a text may be shown as a picture."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.db.models import Q, Sum
from django.urls import reverse

from passeur.foundation.markdown import Picture as Picture

from .. import policies
from ..models import Attachment

if TYPE_CHECKING:
    from passeur.accounts.models import Member

_ADDRESS = re.compile(r"/files/([A-Za-z0-9]{22})(?![A-Za-z0-9])")


def keys_in(texts: Iterable[str]) -> set[str]:
    """The keys of all files that these texts speak of."""
    return {key for text in texts if "/files/" in text for key in _ADDRESS.findall(text)}


def address_of(attachment: Attachment) -> str:
    """Where a file is read."""
    return reverse("writing:file", args=[attachment.key, attachment.name])


def attachment_at(member: Member, key: str) -> Attachment | None:
    """The file of that key, if `member` may read it; for them there is no other."""
    found = Attachment.objects.select_related("blob").filter(key=key).first()
    return found if found is not None and policies.can_read(member, found) else None


def allowed_in(by: Member | None, kind: str, object_id: int | None) -> Q:
    """The files that `by` may put into a text: their own, and those it shows already; by nobody, these."""
    mine = Q(owner_id=by.pk) if by is not None else Q(pk__in=[])
    if object_id is None:
        return mine
    return mine | Q(uses__kind=kind, uses__object_id=object_id)


def pictures(
    addresses: Collection[str], *, by: Member | None, kind: str, object_id: int | None
) -> dict[str, Picture]:
    """By the address as written, the pictures that a text by `by` may show; one query, none without files."""
    keys = keys_in(addresses)
    if not keys:
        return {}
    rows = Attachment.objects.select_related("blob").filter(key__in=keys, blob__width__isnull=False)
    return _by_address(addresses, rows.filter(allowed_in(by, kind, object_id)).distinct())


def visible_pictures(addresses: Collection[str], *, reader: Member) -> dict[str, Picture]:
    """The same for a preview: what its reader may see already."""
    keys = keys_in(addresses)
    if not keys:
        return {}
    rows = list(Attachment.objects.select_related("blob").filter(key__in=keys, blob__width__isnull=False))
    seen = policies.readable(reader, rows)
    return _by_address(addresses, [row for row in rows if row.pk in seen])


def _by_address(addresses: Iterable[str], rows: Iterable[Attachment]) -> dict[str, Picture]:
    known = {
        row.key: Picture(
            address_of(row), row.blob.width or 0, row.blob.height or 0, PurePosixPath(row.name).stem
        )
        for row in rows
    }
    return {address: known[key] for address in addresses for key in keys_in([address]) if key in known}


def space_taken(member: Member) -> int:
    """How much a member's files weigh together, in bytes, the same file brought twice counted twice."""
    return Attachment.objects.filter(owner=member).aggregate(total=Sum("blob__size"))["total"] or 0
