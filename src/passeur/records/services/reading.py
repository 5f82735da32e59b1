"""Statements from another store, page by page in the order in which it got them, from where it was left."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from ..adapters.lrs import Lrs
from ..models import Reading
from .importing import Batch, Told, take


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
        for written in page.statements:
            number = summary.read + 1
            if batch.add(number, lambda number=number, written=written: take(number, written)):  # type: ignore[misc]
                batch.keep()
            last = str(written.members.get("stored") or last)
        batch.keep()
        if last:
            Reading.objects.filter(pk=kept.pk).update(since=last[:60], read_at=timezone.now())
        told(summary.read)
        if not page.more:
            return summary
        page = store.following(page.more)
