"""Office Open XML and OpenDocument files without the properties that say who, with what, where and when.

What a text says stays, with who commented or changed what: a reader of it needs that. So do its title and its
language, which a screen reader begins with.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePosixPath
from typing import IO

from . import segments
from .markup import attributes, said_in, without
from .packages import Package, Unreadable, rewrite

_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_PROPERTIES = {
    "core-properties": "core",
    "extended-properties": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "extendedProperties": "http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
    "custom-properties": "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "customProperties": "http://purl.oclc.org/ooxml/officeDocument/customProperties",
    "thumbnail": "",
}
# Where programs put them, for those that no relation names.
_USUAL = {
    "docprops/core.xml": "core",
    "docprops/app.xml": _PROPERTIES["extended-properties"],
    "docprops/custom.xml": _PROPERTIES["custom-properties"],
}
_UTF16 = {b"\xff\xfe", b"\xfe\xff"}  # as no office program writes them; read as bytes, they say nothing
_STORY = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|glossary/document)\.xml")
# Who commented or changed what: which parts say it, and how.
_AUTHOR = re.compile(rb"[:\s]author=[\"'][^\"']")
_NAMED = (
    (_STORY, _AUTHOR),
    (re.compile(r"word/comments\w*\.xml"), _AUTHOR),
    (re.compile(r"xl/comments/?\w*\.xml"), re.compile(rb"author>\s*[^<\s]")),
    (re.compile(r"xl/persons/\w+\.xml"), re.compile(rb"displayName=[\"'][^\"']")),
    (re.compile(r"ppt/(comment)?authors\.xml"), re.compile(rb"\sname=[\"'][^\"']")),
    (re.compile(r"(.+/)?(content|styles)\.xml"), re.compile(rb"creator>\s*[^<\s]")),
)
_ODF_SIGNATURES = re.compile(r"META-INF/[^/]*signatures[^/]*", re.IGNORECASE)


class Signed(Exception):
    """Its signature would not hold any more."""


class Locked(Exception):
    """It needs a password."""


def clean(source: IO[bytes], target: IO[bytes], *, open_document: bool) -> bool:
    """Write the file to `target` without its properties; whether it names who commented or changed what.

    Raises `Signed`, `Locked` or `Unreadable`.
    """
    package = Package(source)
    if package.is_ciphered:
        raise Locked
    if open_document:
        _clean_open_document(package, target)
    else:
        _clean_office(package, target)
    return any(_names_somebody(package, entry) for entry in package.entries)


def _names_somebody(package: Package, entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.lower()
    said = next((said for where, said in _NAMED if where.fullmatch(name)), None)
    return said is not None and said.search(package.read(entry) or b"") is not None


def _clean_open_document(package: Package, target: IO[bytes]) -> None:
    if any(_ODF_SIGNATURES.fullmatch(entry.filename) for entry in package.entries):
        raise Signed
    if b"encryption-data" in (package.part("META-INF/manifest.xml") or b""):
        raise Locked

    def changed(entry: zipfile.ZipInfo) -> bytes | None:
        name = entry.filename
        last = PurePosixPath(name).name
        if name.startswith("Thumbnails/"):
            return b""
        if last == "meta.xml":
            return _open_document_meta(package.read(entry) or b"")
        if name == "META-INF/manifest.xml" and (content := package.read(entry)):
            return without(
                content, b"file-entry", lambda said: said.get("full-path", "").startswith("Thumbnails/")
            )
        if last == "settings.xml" and (content := package.read(entry)):
            return without(
                content, b"config-item", lambda said: said.get("name") in {"PrinterName", "PrinterSetup"}
            )
        return _picture(package, entry)

    rewrite(package, target, changed, first="mimetype")


def _open_document_meta(content: bytes) -> bytes:
    version = re.search(rb"office:version=[\"']([\d.]{1,8})[\"']", content)
    said = "".join(
        f"<dc:{name}>{words}</dc:{name}>"
        for name in ("title", "language")
        if (words := said_in(content, name.encode()))
    )
    return (
        f'{_HEAD}<office:document-meta xmlns:office="{_OFFICE}" {_DC} '
        f'office:version="{version[1].decode() if version else "1.2"}">'
        f"<office:meta>{said}</office:meta></office:document-meta>"
    ).encode()


def _clean_office(package: Package, target: IO[bytes]) -> None:
    names = {entry.filename.lower() for entry in package.entries}
    relations = package.part("_rels/.rels")
    if "_rels/.rels" in names and (relations is None or relations[:2] in _UTF16):
        raise Unreadable
    told = [attributes(tag) for tag in re.findall(rb"<(?:[\w.-]+:)?Relationship\s[^<>]*>", relations or b"")]
    if any(name.startswith("_xmlsignatures/") for name in names) or any(
        "/digital-signature/" in one.get("Type", "") for one in told
    ):
        raise Signed
    named = _USUAL | {
        one["Target"].lstrip("/").lower(): _PROPERTIES[kind]
        for one in told
        if (kind := one.get("Type", "").rpartition("/")[2]) in _PROPERTIES and "Target" in one
    }

    def changed(entry: zipfile.ZipInfo) -> bytes | None:
        name = entry.filename.lower()
        kind = named.get(name)
        if kind is None and name.startswith("docprops/thumbnail."):
            kind = ""
        if kind is not None:
            return _property(kind, package.read(entry) or b"") if kind else b""
        return _of_office(package, entry, name)

    rewrite(package, target, changed)


def _property(kind: str, content: bytes) -> bytes:
    """The part of properties with none of them in it: its relation and its sort still hold."""
    if kind != "core":
        return f'{_HEAD}<Properties xmlns="{kind}"/>'.encode()
    said = "".join(
        f"<dc:{name}>{words}</dc:{name}>"
        for name in ("title", "language")
        if (words := said_in(content, name.encode()))
    )
    return f'{_HEAD}<cp:coreProperties xmlns:cp="{_CORE}" {_DC}>{said}</cp:coreProperties>'.encode()


def _of_office(package: Package, entry: zipfile.ZipInfo, name: str) -> bytes | None:
    """What other parts say of the machine; None for those that say nothing of it."""
    if "/printersettings/" in name:
        return _printer(package.read(entry) or b"")
    if not (
        _STORY.fullmatch(name)
        or name
        in {
            "_rels/.rels",
            "[content_types].xml",
            "word/settings.xml",
            "word/_rels/settings.xml.rels",
            "xl/workbook.xml",
        }
    ):
        return _picture(package, entry)
    content = package.read(entry)
    if content is None or content[:2] in _UTF16:
        return None
    if name == "_rels/.rels":
        made = without(content, b"Relationship", lambda said: said.get("Type", "").endswith("/thumbnail"))
    elif name == "[content_types].xml":
        made = without(
            content,
            b"Override",
            lambda said: said.get("PartName", "").lower().startswith("/docprops/thumbnail"),
        )
    elif name == "word/settings.xml":  # the path of a template leads through the folder of a person
        made = without(content, b"attachedTemplate")
    elif name == "word/_rels/settings.xml.rels":
        made = without(
            content, b"Relationship", lambda said: said.get("Type", "").endswith("/attachedTemplate")
        )
    elif name == "xl/workbook.xml":  # where it was last saved
        made = without(content, b"absPath")
    else:  # what the text says stays, where Word would ask the property for it again
        made = without(
            content,
            b"dataBinding",
            lambda said: "-properties" in said.get("xpath", "") + said.get("prefixMappings", ""),
        )
    return made if made != content else None


def _printer(content: bytes) -> bytes | None:
    """The paper as Windows describes it, without the printer's name and what its driver adds."""
    size = int.from_bytes(content[68:70], "little")
    if len(content) < 72 or not 72 <= size <= len(content):
        return None
    return bytes(64) + content[64:70] + bytes(2) + content[72:size]


def _picture(package: Package, entry: zipfile.ZipInfo) -> bytes | None:
    """A photo or a picture without where and with what it was taken, its pixels untouched."""
    if PurePosixPath(entry.filename).suffix.lower() not in {".jpg", ".jpeg", ".png", ".jfif"}:
        return None
    content = package.read(entry)
    made = segments.clean(content) if content else None
    return made if made != content else None
