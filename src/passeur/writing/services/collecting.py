"""Every night: files that no text shows any more, drafts whose time has come, what is left on the disk."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from passeur.foundation import events as bus

from .. import events, queries
from ..adapters import disk
from ..choices import DRAFT_KEPT, DRAFT_NOTICE, LOOSE_FOR, PUBLICATION_KEPT
from ..models import Attachment, Blob, Draft, Publication, Use
from ..protocols import holders
from .files import hang

log = logging.getLogger("passeur.writing")
BATCH = 500


def collect_files() -> int:
    """Forget the files that nothing needs; returns how many attachments went."""
    for holder in holders():
        for ids in _batches(holder.kind):
            texts = holder.texts(ids)
            for pk in ids:
                hang(kind=holder.kind, object_id=pk, texts=texts.get(pk, ()), by=None)
    gone = 0
    loose = Attachment.objects.filter(loose_since__lt=timezone.now() - LOOSE_FOR, uses=None)
    for attachment in loose.iterator(chunk_size=BATCH):
        if attachment.owner_id is None or attachment.key not in _in_drafts(attachment.owner_id):
            with transaction.atomic():
                # Asked again under the lock: a text may have taken it up meanwhile.
                gone += Attachment.objects.filter(pk=attachment.pk, uses=None).delete()[0]
    collect_bytes()
    return gone


def _batches(kind: str) -> Iterator[list[int]]:
    after = -1
    rows = Use.objects.filter(kind=kind).order_by("object_id").values_list("object_id", flat=True).distinct()
    while ids := list(rows.filter(object_id__gt=after)[:BATCH]):
        yield ids
        after = ids[-1]


def _in_drafts(member: int) -> set[str]:
    """The keys of files that a member's drafts speak of, also in the text set aside."""
    return queries.keys_in(
        text
        for draft in Draft.objects.filter(member=member)
        for fields in (draft.fields, draft.set_aside or {})
        for text in (value for values in fields.values() for value in values)
    )


def collect_bytes() -> None:
    """Forget the bytes that no attachment names, and what uploads that did not end left on the disk."""
    for pk in Blob.objects.filter(attachments=None).values_list("pk", flat=True):
        with transaction.atomic():
            blob = Blob.objects.select_for_update().filter(pk=pk).first()
            if blob is not None and not blob.attachments.exists():
                disk.remove(
                    blob.sha256
                )  # inside the lock: whoever brings the same bytes waits, and writes anew
                blob.delete()
    for path in disk.older_than(LOOSE_FOR.total_seconds()):
        if not Blob.objects.filter(sha256=path.name).exists():
            path.unlink(missing_ok=True)
            log.info("left from an upload that did not end: %s", path.name)


def collect_drafts() -> int:
    """Tell those whose drafts go soon, forget the others; returns how many went."""
    now = timezone.now()
    first_day, last_day = now - DRAFT_KEPT + DRAFT_NOTICE, now - DRAFT_KEPT
    with transaction.atomic():
        told = Draft.objects.select_for_update().filter(saved_at__lte=first_day, warned_at=None)
        for draft in told:
            bus.publish(events.DraftExpires(draft=draft.pk, member=draft.member_id, days=DRAFT_NOTICE.days))
        told.update(warned_at=now)
        Publication.objects.filter(at__lt=now - PUBLICATION_KEPT).delete()
        # Nobody loses a draft without a notice, even where the nightly job did not run for weeks.
        ready = Draft.objects.filter(saved_at__lte=last_day, warned_at__lte=now - DRAFT_NOTICE)
        return ready.delete()[0]
