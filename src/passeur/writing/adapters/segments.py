"""JPEG and PNG inside documents without what they say of themselves; their pixels are not touched."""

from __future__ import annotations

from typing import Literal

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_WORDS = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}
_ALONE = {0x01, *range(0xD0, 0xD8)}  # markers without a length
_SCAN, _END = 0xDA, 0xD9
_ORIENTATION, _MOST_TAGS = 0x0112, 100


def clean(content: bytes) -> bytes:
    """The image without EXIF, XMP, IPTC and comments; as it is where it is none, or is broken."""
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content) or content
    if content.startswith(_PNG):
        return _png(content) or content
    return content


def _jpeg(content: bytes) -> bytes | None:
    """Segment by segment to its end; what a telephone adds behind it goes too. None when it is broken."""
    kept, at = [b"\xff\xd8"], 2
    while at + 4 <= len(content) or content[at : at + 2] == b"\xff\xd9":
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker == _END:
            return b"".join([*kept, b"\xff\xd9"])
        if marker == 0xFF:  # a filler
            at += 1
            continue
        length = 0 if marker in _ALONE else int.from_bytes(content[at + 2 : at + 4], "big")
        end = at + 2 + length
        if end > len(content) or (marker not in _ALONE and length < 2):
            return None
        if marker == _SCAN:
            end = _after_scan(content, end)
        segment = content[at:end]
        if not _tells(marker, segment[4:]):
            kept.append(segment)
        elif segment[4:].startswith(b"Exif\0\0") and (turned := _turned(segment[4:])):
            kept.append(turned)
        at = end
    return None


def _after_scan(content: bytes, at: int) -> int:
    """Where the marker after the pixels stands."""
    while (at := content.find(b"\xff", at)) >= 0:
        if at + 1 < len(content) and content[at + 1] not in {0x00, 0xFF, *_ALONE}:
            return at
        at += 1
    return len(content)


def _tells(marker: int, words: bytes) -> bool:
    """Whether it is about the picture: a comment or an application's own, but colours and their order."""
    if marker == 0xE2:
        return not words.startswith(b"ICC_PROFILE\0")
    return marker == 0xFE or (0xE1 <= marker <= 0xEF and marker != 0xEE)


def _turned(words: bytes) -> bytes:
    """A segment that says only which way up the photo stands; nothing where it stands upright."""
    exif = words[6:]
    order: Literal["little", "big"] = "little" if exif.startswith(b"II") else "big"
    first = int.from_bytes(exif[4:8], order)
    for at in range(
        first + 2, first + 2 + 12 * min(_MOST_TAGS, int.from_bytes(exif[first : first + 2], order)), 12
    ):
        turned = int.from_bytes(exif[at + 8 : at + 10], order)
        if int.from_bytes(exif[at : at + 2], order) == _ORIENTATION and 2 <= turned <= 8:
            tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0" + bytes([turned]) + bytes(6)
            return b"\xff\xe1" + (len(tiff) + 8).to_bytes(2, "big") + b"Exif\0\0" + tiff
    return b""


def _png(content: bytes) -> bytes | None:
    kept, at = [_PNG], len(_PNG)
    while at + 12 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        if end > len(content):
            return None
        if kind not in _PNG_WORDS:
            kept.append(content[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end
    return None
