"""A person's drafts and files erased; and that person's name taken out of the drafts and files of others."""

from __future__ import annotations

from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from passeur.foundation import events as bus

from .. import events
from ..models import Attachment, Draft, Publication, Use
from ..protocols import holder

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Traces


def erase_writer(member: Member, traces: Traces) -> None:
    """Forget drafts and files of `member`. Texts that showed a file keep its description in words."""
    with transaction.atomic():
        Draft.objects.filter(member=member).delete()
        Publication.objects.filter(member=member).delete()
        _erase_files(member)
        if traces.sql:
            _take_out_of_others(traces)


def _erase_files(member: Member) -> None:
    mine = Attachment.objects.filter(owner=member)
    keys = list(mine.values_list("key", flat=True))
    if not keys:
        return
    texts: dict[str, list[int]] = defaultdict(list)
    for kind, pk in Use.objects.filter(attachment__owner=member).values_list("kind", "object_id").distinct():
        texts[kind].append(pk)
    mine.delete()
    for kind, ids in texts.items():
        if (found := holder(kind)) is not None:
            found.take_out(ids, keys)
    bus.publish(events.FilesErased())


def _take_out_of_others(traces: Traces) -> None:
    # In JSON a quotation mark or a tab is written otherwise than in the text; a name holds neither.
    worded = Draft.objects.annotate(
        words=Cast("fields", TextField()), other_words=Cast("set_aside", TextField())
    )
    for draft in worded.filter(words__iregex=traces.sql) | worded.filter(other_words__iregex=traces.sql):
        draft.fields = traces.without_any(draft.fields)
        draft.set_aside = traces.without_any(draft.set_aside)
        draft.save(update_fields=["fields", "set_aside"])
    # Names of files have hyphens where a name has spaces.
    hyphened = traces.sql.replace(r"\s+", r"[-\s]+")
    for attachment in Attachment.objects.filter(name__iregex=hyphened):
        Attachment.objects.filter(pk=attachment.pk).update(
            name=f"fichier{PurePosixPath(attachment.name).suffix}"
        )
