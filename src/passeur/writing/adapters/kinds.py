"""What a file is, by its content alone: never by its name, nor by what the browser says."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

import puremagic

HEAD = 4096
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENTS = {
    f"{_OPEN_DOCUMENT}text": "odt",
    f"{_OPEN_DOCUMENT}spreadsheet": "ods",
    f"{_OPEN_DOCUMENT}presentation": "odp",
    f"{_OPEN_DOCUMENT}graphics": "odg",
}
_OFFICES = {
    "word/document.xml": ("docx", f"{_OFFICE}wordprocessingml.document"),
    "xl/workbook.xml": ("xlsx", f"{_OFFICE}spreadsheetml.sheet"),
    "ppt/presentation.xml": ("pptx", f"{_OFFICE}presentationml.presentation"),
}
# An archive with one of these runs somewhere: macros, Java, Android.
_RUNS = re.compile(
    r"(^|/)(vbaProject\.bin|AndroidManifest\.xml|META-INF/MANIFEST\.MF)$|^Basic/", re.IGNORECASE
)
_TEXTS = ("txt", "csv", "tsv", "md", "log", "json", "ics")
_NOT_OF_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_IMAGES = {"image/png", "image/jpeg", "image/gif", "image/webp"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of file that is taken: the type it is served as, and the end of its name."""

    content_type: str
    extension: str


def is_image(source: IO[bytes]) -> bool:
    """Whether it begins as an image does that we can draw."""
    return bool(_signatures(_head(source)) & _IMAGES)


def is_another_image(source: IO[bytes]) -> bool:
    """Whether it begins as an image does that we do not draw: a telephone's HEIC, an SVG, a TIFF."""
    return any(kind.startswith("image/") for kind in _signatures(_head(source)))


def document_kind(source: IO[bytes], name: str) -> Kind | None:
    """What sort of document it is; None for what is not taken. `name` only tells sorts of text apart."""
    head = _head(source)
    if head.startswith(b"%PDF-"):
        return Kind("application/pdf", "pdf")
    if head.startswith(b"PK\x03\x04"):
        return _archive(source)
    extension = PurePosixPath(name).suffix.lower().lstrip(".")
    if _is_text(source) and not _signatures(head) & {"text/html", "image/svg+xml", "application/xhtml+xml"}:
        return Kind("text/plain; charset=utf-8", extension if extension in _TEXTS else "txt")
    return None


def _head(source: IO[bytes]) -> bytes:
    source.seek(0)
    return source.read(HEAD)


def _signatures(head: bytes) -> set[str]:
    """The types whose signature it bears."""
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        found = []
    names = {match.mime_type for match in found}
    # Markup needs no signature at its very first byte for a browser to take it as such.
    if re.search(rb"<\s*(!doctype\s+html|html|head|body|script|iframe|svg)[\s>]", head, re.IGNORECASE):
        names.add("image/svg+xml" if b"<svg" in head.lower() else "text/html")
    return names


def _archive(source: IO[bytes]) -> Kind | None:
    try:
        source.seek(0)
        with zipfile.ZipFile(source) as archive:
            names = set(archive.namelist())
            if any(_RUNS.search(name) for name in names):
                return None
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                said = archive.read("mimetype").decode("ascii", "replace").strip()
                return Kind(said, _OPEN_DOCUMENTS[said]) if said in _OPEN_DOCUMENTS else None
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return None
    for inside, (extension, content_type) in _OFFICES.items():
        if inside in names:
            return Kind(content_type, extension)
    return None if "[Content_Types].xml" in names else Kind("application/zip", "zip")


def _is_text(source: IO[bytes]) -> bool:
    """Words, in UTF-8 or as Windows writes them, without control characters."""
    source.seek(0)
    content = source.read()
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = content.decode("cp1252", "replace")
        if "\ufffd" in words:
            return False
    return not _NOT_OF_TEXT.search(words)
