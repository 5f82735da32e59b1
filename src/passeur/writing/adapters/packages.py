"""Archives of office files written again: what is not changed is copied as it is packed."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from typing import IO

from .disk import CHUNK

MOST_OF_A_PART = 8_000_000  # bytes that one part may unpack to, to be looked into
MOST_IN_ALL = 64_000_000  # and all parts of one file together; what is beyond is copied unread
_MOST_ENTRIES, _MOST_BYTES = 65_000, 1 << 32

_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
_VERSION, _DATE = 20, 0x21  # of the format; the first of January 1980, at midnight, as Office writes it
_CIPHERED, _SIZES_AFTER, _UTF8 = 0x1, 0x8, 0x800


class Unreadable(Exception):
    """It cannot be read to its end, or asks for more than its own size is worth."""


class Package:
    """An archive that is read, within bounds for all that it unpacks."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._size = source.seek(0, 2)
        self._unpacked = 0
        source.seek(0)
        try:
            self._archive = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Unreadable from error
        self.entries = self._archive.infolist()
        if (
            len(self.entries) > _MOST_ENTRIES
            or self._size >= _MOST_BYTES
            or sum(entry.compress_size for entry in self.entries) > self._size  # several share their bytes
        ):
            raise Unreadable

    @property
    def is_ciphered(self) -> bool:
        """Whether a part of it needs a password."""
        return any(entry.flag_bits & _CIPHERED for entry in self.entries)

    def part(self, name: str) -> bytes | None:
        """What that part says; None where there is none, or none that can be read."""
        found = next((entry for entry in self.entries if entry.filename.lower() == name.lower()), None)
        return None if found is None else self.read(found)

    def read(self, entry: zipfile.ZipInfo) -> bytes | None:
        """What an entry unpacks to; None beyond the bounds, or where it is broken."""
        left = min(MOST_OF_A_PART, MOST_IN_ALL - self._unpacked)
        if entry.file_size > left:
            return None
        try:
            with self._archive.open(entry) as part:
                content = part.read(left + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            ValueError,
            RuntimeError,
            NotImplementedError,
        ):
            return None
        self._unpacked += len(content)
        return content if len(content) <= left else None

    def packed(self, entry: zipfile.ZipInfo) -> Iterable[bytes]:
        """The bytes of an entry as they are packed."""
        self._source.seek(entry.header_offset)
        head = self._source.read(_LOCAL.size)
        if len(head) < _LOCAL.size or head[:4] != b"PK\x03\x04":
            raise Unreadable
        *_, name, extra = _LOCAL.unpack(head)
        self._source.seek(name + extra, 1)
        left = entry.compress_size
        while left:
            piece = self._source.read(min(CHUNK, left))
            if not piece:
                raise Unreadable
            left -= len(piece)
            yield piece


def rewrite(
    package: Package,
    target: IO[bytes],
    changed: Callable[[zipfile.ZipInfo], bytes | None],
    *,
    first: str = "",
) -> None:
    """Write the package to `target` with what `changed` gives for an entry: b"" takes it out, None leaves it.

    When and on which machine an entry was written is not kept. The entry `first` comes first, unpacked.
    """
    kept: list[bytes] = []
    for entry in sorted(package.entries, key=lambda entry: entry.filename != first):
        content = changed(entry)
        if content is None and entry.filename == first and entry.compress_type != zipfile.ZIP_STORED:
            content = package.read(entry)
        if content == b"":
            continue
        if content is None:
            method, crc, packed, size = entry.compress_type, entry.CRC, entry.compress_size, entry.file_size
            pieces = package.packed(entry)
        else:
            method, crc, size, pieces = _packed(content, stored=entry.filename == first)
            packed = sum(map(len, pieces))
        flags = entry.flag_bits & ~_SIZES_AFTER
        name = entry.orig_filename.encode("utf-8" if flags & _UTF8 else "cp437")
        common = (_VERSION, flags, method, 0, _DATE, crc, packed, size, len(name))
        offset = target.tell()
        target.write(_LOCAL.pack(b"PK\x03\x04", *common, 0) + name)
        target.writelines(pieces)
        kept.append(_CENTRAL.pack(b"PK\x01\x02", _VERSION, *common, 0, 0, 0, 0, 0, offset) + name)
    start = target.tell()
    target.writelines(kept)
    size = target.tell() - start
    target.write(_END.pack(b"PK\x05\x06", 0, 0, len(kept), len(kept), size, start, 0))


def _packed(content: bytes, *, stored: bool) -> tuple[int, int, int, list[bytes]]:
    """How it is packed, its checksum, its size, and it: unpacked where packing gains nothing."""
    method, pieces = zipfile.ZIP_STORED, [content]
    if not stored:
        packing = zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = packing.compress(content) + packing.flush()
        if len(packed) < len(content):
            method, pieces = zipfile.ZIP_DEFLATED, [packed]
    return method, zlib.crc32(content), len(content), pieces
