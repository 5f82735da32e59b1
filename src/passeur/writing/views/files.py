"""Taking files in while one writes, and serving them so that they cannot act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from passeur.foundation import limits
from passeur.foundation.access import signed_in
from passeur.foundation.errors import PasseurError

from .. import queries, services
from ..adapters import disk
from ..models import Attachment
from .drafts import writer

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")

# Whatever a file is, a browser that opens it runs nothing, loads nothing and belongs to no origin.
LIMITS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Kept by this browser alone, and asked for again each time: who may read it may change.
    "Cache-Control": "private, no-cache",
    "Accept-Ranges": "bytes",
    # As it lies there: a part of a file that is compressed on the way would be a part of something else.
    "Content-Encoding": "identity",
}


@signed_in
@require_POST
@limits.limited(limits.UPLOADING)
def upload(request: HttpRequest) -> HttpResponse:
    """Take one file in. JSON: how the text shows it, or the sentence that says why not."""
    sent = request.FILES.get("one-files")
    if sent is None:
        return JsonResponse({"say": _("Aucun fichier n’est arrivé : choisissez-le de nouveau.")}, status=400)
    try:
        brought = services.store_sent(sent, by=writer(request))
    except PasseurError as refusal:
        return JsonResponse({"say": str(refusal)}, status=422)
    made = brought.attachment
    return JsonResponse(
        {
            "name": made.name,
            "markdown": services.markdown_of(made),
            "address": queries.address_of(made),
            "is_image": made.blob.is_image,
            "say": brought.remark,
        },
        status=201,
    )


@signed_in
@require_safe
def file(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """A file, for those who may read a text that shows it; for the others it does not exist."""
    found = queries.attachment_at(writer(request), key)
    if found is None:
        raise Http404
    etag = quote_etag(found.key)
    headers = LIMITS | {"ETag": etag, "Content-Type": found.blob.content_type}
    headers["Content-Disposition"] = (
        content_disposition_header(not found.blob.is_image, found.name) or "inline"
    )
    if etag in [
        tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")
    ]:
        return HttpResponse(status=304, headers=headers)
    return _served(request, found, headers)


def _served(request: HttpRequest, found: Attachment, headers: dict[str, str]) -> HttpResponseBase:
    size = found.blob.size
    start, end, status = 0, size, 200
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked and any(asked.groups()) and request.headers.get("If-Range", headers["ETag"]) == headers["ETag"]:
        first, last = asked.groups()
        start = int(first) if first else max(0, size - int(last))
        end = min(size, int(last) + 1) if first and last else size
        if start >= size or start >= end:
            return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
        status, headers = 206, headers | {"Content-Range": f"bytes {start}-{end - 1}/{size}"}
    headers |= {"Content-Length": str(end - start)}
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    try:
        content = disk.read(found.blob.sha256)
    except OSError as error:
        raise Http404 from error  # its row outlived its bytes: a restored database without its folder
    return StreamingHttpResponse(_pieces(content, start, end), status=status, headers=headers)


def _pieces(content: IO[bytes], start: int, end: int) -> Iterator[bytes]:
    with content:
        content.seek(start)
        left = end - start
        while left > 0 and (piece := content.read(min(disk.CHUNK, left))):
            left -= len(piece)
            yield piece
