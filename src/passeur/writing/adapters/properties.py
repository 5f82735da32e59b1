"""A document without the properties that say who made it, with what, where and when; or why it keeps them."""

from __future__ import annotations

from enum import Enum
from typing import IO

from . import disk, office, pdf
from .kinds import Kind
from .packages import Unreadable

_OFFICES = {"docx", "xlsx", "pptx"}
_OPEN_DOCUMENTS = {"odt", "ods", "odp", "odg"}


class Kept(Enum):
    """What stays in a document: its properties, and why, or the names of people who wrote in it."""

    SIGNED = "signed"
    LOCKED = "locked"
    UNREADABLE = "unreadable"
    NAMED = "named"


def taken_out(content: IO[bytes], kind: Kind) -> tuple[IO[bytes], Kept | None]:
    """The document as it is to be kept, and what stays in it of people.

    Text has none; what lies in an archive stays as it is. Raises `pdf.Busy`, and `OSError` from the disk.
    """
    if kind.extension not in {"pdf", *_OFFICES, *_OPEN_DOCUMENTS}:
        return content, None
    made = disk.incoming()
    try:
        if kind.extension == "pdf":
            is_named = pdf.clean(content, made)
        else:
            is_named = office.clean(content, made, open_document=kind.extension in _OPEN_DOCUMENTS)
    except office.Signed:
        why = Kept.SIGNED
    except office.Locked:
        why = Kept.LOCKED
    except Unreadable:
        why = Kept.UNREADABLE
    else:
        return made, Kept.NAMED if is_named else None
    made.close()
    return content, why
