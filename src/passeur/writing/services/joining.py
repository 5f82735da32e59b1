"""Files that come with a form: kept, and written into the text they were joined to."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict

from passeur.foundation.errors import PasseurError
from passeur.foundation.toasts import trouble

from ..adapters.uploads import FIELD_END, MOST_FILES
from ..models import Attachment
from ..queries.files import address_of
from .files import Brought, store

if TYPE_CHECKING:
    from passeur.accounts.models import Member

Refusals = dict[str, list[str]]
"""By field, the sentences about files that were not taken."""


def markdown_of(attachment: Attachment, alt: str = "") -> str:
    """How a text shows a file: an image by its description, anything else by a link with its name."""
    words = " ".join(alt.split()).replace("\\", "").replace("[", "(").replace("]", ")")
    if attachment.blob.is_image:
        return f"![{words}]({address_of(attachment)})"
    return f"[{words or attachment.name}]({address_of(attachment)})"


def take_in(request: HttpRequest, *, by: Member) -> tuple[QueryDict, Refusals]:
    """The POST with each `<field>-files` kept and written at the end of `<field>`; and what was refused.

    What is to be said of a file that was kept is said as on any page.
    """
    posted = request.POST.copy()
    refused: Refusals = {}
    for name in list(request.FILES):
        if not name.endswith(FIELD_END):
            continue
        field = name.removesuffix(FIELD_END)
        for sent in request.FILES.getlist(name)[:MOST_FILES]:
            try:
                brought = store_sent(sent, by=by)
            except PasseurError as refusal:
                refused.setdefault(field, []).append(str(refusal))
                continue
            if brought.remark:
                trouble(request, brought.remark)
            shown = markdown_of(brought.attachment, posted.get(f"{field}-alt", ""))
            posted[field] = "\n\n".join(part for part in (posted.get(field, "").rstrip(), shown) if part)
    return posted, refused


def store_sent(sent: UploadedFile[bytes], *, by: Member) -> Brought:
    """Keep a file as the browser sent it."""
    with sent:
        return store(
            content=cast("IO[bytes]", sent.file),
            name=sent.name or "",
            by=by,
            refusal=getattr(sent, "refusal", ""),
        )
