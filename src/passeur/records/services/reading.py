"""Statements from another store, page by page in the order in which it got them, from where it was left."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import new as hash_of

from django.utils import timezone

from ..adapters.lrs import Lrs
from ..models import Reading
from .importing import Batch, Told, take

LARGEST = 64 * 1024 * 1024
"""Bytes of one content of an attachment; what is larger stays where it is, and is told."""
_HASHES = {56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}


def load(address: str, *, key: str, secret: str, told: Callable[[int], None] = lambda read: None) -> Told:
    """Take in all that came to the other store since the last time; `told` gets how many were read so far.

    After each page it is kept up to where it came: stopped, it goes on there. What is there is left as it is.
    """
    store = Lrs(address, key, secret)
    kept, _ = Reading.objects.get_or_create(address=store.address.rstrip("/"))
    summary = Told()
    batch = Batch(summary)
    page = store.first(kept.since)
    while True:
        last = ""
        batch.bring(_checked(page.parts, summary))
        for written in page.statements:
            number = summary.read + 1
            if batch.add(number, lambda number=number, written=written: take(number, written)):  # type: ignore[misc]
                batch.keep()
            last = str(written.members.get("stored") or last)
        batch.keep()
        batch.bring({})
        if last:
            Reading.objects.filter(pk=kept.pk).update(since=last[:60], read_at=timezone.now())
        told(summary.read)
        if not page.more:
            return summary
        page = store.following(page.more)


def _checked(parts: Iterable[tuple[str, bytes]], summary: Told) -> dict[str, bytes]:
    """The contents that are what their SHA-2 says and not too large; of the others it is told why not."""
    good: dict[str, bytes] = {}
    for sha2, content in parts:
        number = summary.read + 1
        if len(content) > LARGEST:
            summary.left_out.append(
                (
                    number,
                    f"the attachment {sha2} has more than {LARGEST // 1024**2} MB: only its statement came",
                )
            )
        elif len(sha2) not in _HASHES or hash_of(_HASHES[len(sha2)], content).hexdigest() != sha2:
            summary.left_out.append(
                (number, f"the attachment {sha2 or '?'} is not what its hash says: only its statement came")
            )
        else:
            good[sha2] = content
    return good
