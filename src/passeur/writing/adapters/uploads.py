"""Receiving files that come with a text: within their size, never at the cost of the words beside."""

from __future__ import annotations

import io
from typing import IO, Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers, StopUpload

from . import disk

FIELD_END = "-files"
MOST_FILES = 10


class Received(UploadedFile):  # type: ignore[type-arg]  # generic for the type checker alone
    """A file that came with a text. `refusal` says why nothing of it was kept: large, room, stranger."""

    def __init__(self, file: IO[bytes], *, refusal: str, **known: Any) -> None:
        super().__init__(file=file, **known)
        self.refusal = refusal


class Bounded(FileUploadHandler):
    """Takes the fields whose name ends in `-files`; the others go to the handlers after it.

    What is refused is still read to its end, so that the rest of the form, the text, arrives.
    """

    _file: IO[bytes] | None = None
    _refusal = ""
    _total = 0
    _ours = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._ours = (self.field_name or "").endswith(FIELD_END)
        self._file, self._refusal = None, ""
        if not self._ours:
            return
        if SESSION_KEY not in self.request.session:  # type: ignore[union-attr]
            self._refusal = "stranger"
        else:
            try:
                self._file = disk.incoming()
            except OSError:
                self._refusal = "room"
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if not self._ours:
            return raw_data
        self._total += len(raw_data)
        if self._total > MOST_FILES * settings.FILE_LIMIT:
            raise StopUpload(connection_reset=True)
        if self._file is not None and start + len(raw_data) > settings.FILE_LIMIT:
            self._refuse("large")
        if self._file is not None:
            try:
                self._file.write(raw_data)
            except OSError:
                self._refuse("room")
        return None

    def _refuse(self, why: str) -> None:
        self._refusal = why
        if self._file is not None:
            try:
                self._file.close()
            except OSError:
                self._file = None  # closing writes what was buffered; the disk is still full
        self._file = None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        if not self._ours:
            return None
        if self._file is not None:
            try:
                self._file.flush()
                self._file.seek(0)
            except OSError:
                self._refuse("room")
        return Received(
            self._file or io.BytesIO(),
            refusal=self._refusal,
            name=self.file_name or "",
            content_type=self.content_type or "",
            size=file_size if self._file is not None else 0,
        )
