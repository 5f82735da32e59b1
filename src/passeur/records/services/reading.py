"""Statements from another store, page by page in the order in which it got them, from where it was left."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import new as hash_of

from django.utils import timezone

from passeur.algorithms.xapi.reading import Written

from ..adapters.lrs import Lrs
from ..models import Reading
from .importing import Batch, Told, take

LARGEST = 64 * 1024 * 1024
"""Bytes of one content of an attachment; what is larger stays where it is, and is told."""
_HASHES = {56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}


def load(
    address: str, *, key: str, secret: str, told: Told | None = None, each: Callable[[], None] = lambda: None
) -> Told:
    """Take in all that came to the other store since the last time; `told` is filled on the way.

    After each page it is kept up to where it came: stopped, it goes on there. What is there is left as it is.
    `each` is called before that, once a page: what was refused is never asked for again, so it is told first.
    """
    store = Lrs(address, key, secret)
    kept, _ = Reading.objects.get_or_create(address=store.address.rstrip("/"))
    summary = told if told is not None else Told()
    batch = Batch(summary)
    page = store.first(kept.since)
    while True:
        last = ""
        before, refused = summary.read, len(summary.refused)
        batch.bring(_checked(page.parts, summary))
        for written in page.statements:
            number = summary.read + 1
            if batch.add(number, lambda number=number, written=written: take(number, written)):  # type: ignore[misc]
                batch.keep()
            last = str(written.members.get("stored") or last)
        batch.keep()
        batch.bring({})
        summary.refused[refused:] = [
            (number, _named(page.statements[number - before - 1], why))
            for number, why in sorted(summary.refused[refused:])
        ]
        each()
        if last:
            Reading.objects.filter(pk=kept.pk).update(since=last[:60], read_at=timezone.now())
        if not page.more:
            return summary
        page = store.following(page.more)


def _named(written: Written, why: str) -> str:
    """With the id, by which it is found over there; its number counts from where reading began this time."""
    return f"{why} (id {str(written.members.get('id', '?'))[:36]})"


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
