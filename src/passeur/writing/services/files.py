"""Taking a file in, and saying which texts show it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .. import errors, queries
from ..adapters import disk, kinds, pdf, pictures, properties
from ..models import Attachment, Blob, Use
from ..queries.files import allowed_in
from .naming import clean_name
from .remarks import remark

if TYPE_CHECKING:
    from passeur.accounts.models import Member


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that is kept, and the sentence about the names that stay in it; mostly none."""

    attachment: Attachment
    remark: str = ""


@dataclass(frozen=True, slots=True)
class _Examined:
    """The bytes as they are kept, what is known of them (not yet in the database), the end of their name."""

    content: IO[bytes]
    known: Blob
    extension: str
    why: properties.Kept | None = None


def store(*, content: IO[bytes], name: str, by: Member, refusal: str = "") -> Brought:
    """Keep a file that `by` brings. What it is, its content says; what it says of its author and making goes.

    `refusal` is why it was stopped on its way in (`adapters.uploads`). Raises a `FileRefused`.
    """
    shown = clean_name(name, "") or "?"
    if refusal == "room":
        raise errors.NoRoomLeft(shown)
    if refusal:
        raise errors.TooLarge(shown, settings.FILE_LIMIT)
    size = content.seek(0, io.SEEK_END)
    if size == 0:
        raise errors.EmptyFile(shown)
    if size > settings.FILE_LIMIT:
        raise errors.TooLarge(shown, settings.FILE_LIMIT)
    try:
        examined = (_image if kinds.is_image(content) else _document)(content, name, shown)
        if queries.space_taken(by) + examined.known.size > settings.FILES_QUOTA:
            raise errors.QuotaReached(shown, settings.FILES_QUOTA)
        called = clean_name(name, examined.extension)
        made = _written(examined.content, examined.known, name=called, by=by)
    except OSError as error:
        raise errors.NoRoomLeft(shown) from error
    return Brought(made, remark(examined.why, called))


def _image(content: IO[bytes], name: str, shown: str) -> _Examined:
    try:
        picture = pictures.redraw(content)
    except pictures.TooBig as error:
        raise errors.TooManyPixels(shown, error.most) from error
    except pictures.CannotDraw as error:
        raise errors.BrokenImage(shown) from error
    drawn = io.BytesIO(picture.content)
    known = _known(drawn, picture.content_type)
    known.width, known.height = picture.width, picture.height
    return _Examined(drawn, known, picture.extension)


def _document(content: IO[bytes], name: str, shown: str) -> _Examined:
    kind = kinds.document_kind(content, name)
    if kind is None and kinds.is_another_image(content):
        raise errors.AnotherImage(shown)
    if kind is None:
        raise errors.UnknownKind(shown)
    try:
        content, why = properties.taken_out(content, kind)
    except pdf.Busy as error:
        raise errors.Busy(shown) from error
    return _Examined(content, _known(content, kind.content_type), kind.extension, why)


def _known(content: IO[bytes], content_type: str) -> Blob:
    content.seek(0)
    digest = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    size = content.seek(0, io.SEEK_END)
    return Blob(sha256=digest, size=size, content_type=content_type)


def _written(content: IO[bytes], known: Blob, *, name: str, by: Member) -> Attachment:
    with transaction.atomic():
        # The row is held until the file is there: the collector cannot take the bytes in between.
        blob, _made = Blob.objects.get_or_create(
            sha256=known.sha256,
            defaults={
                "size": known.size,
                "content_type": known.content_type,
                "width": known.width,
                "height": known.height,
            },
        )
        Blob.objects.select_for_update().get(pk=blob.pk)
        disk.put(blob.sha256, content)
        return Attachment.objects.create(blob=blob, owner=by, name=name)


def hang(*, kind: str, object_id: int, texts: Iterable[str], by: Member | None) -> None:
    """Say that a text shows the files it speaks of, in its present words or in versions still kept.

    Only its writer's own files, and those it showed already, become readable through it: an address copied
    from elsewhere opens nothing. Call it inside the transaction that writes the text.
    """
    keys = queries.keys_in(texts)
    used = Use.objects.filter(kind=kind, object_id=object_id)
    if not keys and not used.exists():
        return
    with transaction.atomic():
        rows = Attachment.objects.filter(key__in=keys).filter(allowed_in(by, kind, object_id))
        wanted = set(rows.values_list("pk", flat=True))
        gone = list(used.exclude(attachment__in=wanted).values_list("attachment_id", flat=True))
        used.filter(attachment__in=gone).delete()
        Use.objects.bulk_create(
            [Use(attachment_id=pk, kind=kind, object_id=object_id) for pk in sorted(wanted)],
            ignore_conflicts=True,
        )
        Attachment.objects.filter(pk__in=wanted).update(loose_since=None)
        Attachment.objects.filter(pk__in=gone, uses=None).update(loose_since=timezone.now())
