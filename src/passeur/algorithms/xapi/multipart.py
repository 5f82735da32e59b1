"""A body of several parts (multipart/mixed, RFC 2046), read and written: a statement and its attachments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .errors import Invalid

MOST_PARTS = 500
LONGEST_HEADERS = 16 * 1024  # bytes, of a part
_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]")
_PARAMETER = re.compile(r";\s*([A-Za-z0-9!#$&^_.+\-]+)\s*=\s*(?:\"((?:[^\"\\]++|\\.)*+)\"|([^\s;\"]+))")
_WHERE = "body"


@dataclass(frozen=True, slots=True)
class Part:
    """One part; the names of its headers are in small letters."""

    headers: Mapping[str, str]
    content: bytes


def media_type(header: str) -> tuple[str, dict[str, str]]:
    """A `Content-Type` and its parameters, in small letters but for the parameters' values."""
    kind = header.split(";", 1)[0].strip().lower()
    parameters = {
        name.lower(): re.sub(r"\\(.)", r"\1", quoted) if quoted else plain
        for name, quoted, plain in _PARAMETER.findall(header)
    }
    return kind, parameters


def parts_of(body: bytes, boundary: str | None) -> list[Part]:
    """The parts between the boundaries, in their order; what stands before and behind them says nothing."""
    if not boundary or not _BOUNDARY.fullmatch(boundary):
        raise Invalid("Content-Type", "multipart/mixed needs a boundary")
    mark = b"--" + boundary.encode()
    line = re.compile(rb"(?:^|\r?\n)" + re.escape(mark) + rb"(--)?[ \t]*(?:\r?\n|$)")
    parts: list[Part] = []
    begin: int | None = None
    position = 0
    while found := line.search(body, position):
        if begin is not None:
            if len(parts) == MOST_PARTS:
                raise Invalid(_WHERE, f"has more than {MOST_PARTS} parts")
            parts.append(_part(body[begin : found.start()], len(parts)))
        if found[1]:
            return parts
        begin = found.end()
        # The line end that closes a boundary may open the next one.
        position = max(begin - 2 if body[begin - 2 : begin] == b"\r\n" else begin - 1, found.start() + 1)
    raise Invalid(_WHERE, "does not end with its boundary")


def _part(raw: bytes, number: int) -> Part:
    where = f"part {number}"
    if raw.startswith((b"\r\n", b"\n")):
        return Part({}, raw[2:] if raw.startswith(b"\r\n") else raw[1:])
    split = re.search(rb"\r?\n\r?\n", raw)
    if split is None:
        raise Invalid(where, "has no empty line between its headers and its content")
    if split.start() > LONGEST_HEADERS:
        raise Invalid(where, f"has more than {LONGEST_HEADERS} bytes of headers")
    headers: dict[str, str] = {}
    for line in re.split(rb"\r?\n", raw[: split.start()]):
        name, colon, value = line.partition(b":")
        try:
            key = name.decode("ascii").strip().lower()
            if not colon or not key or key in headers:
                raise Invalid(where, "has a header that cannot be read, or one given twice")
            headers[key] = value.decode("utf-8").strip()
        except UnicodeDecodeError:
            raise Invalid(where, "has a header that is not text") from None
    return Part(headers, raw[split.end() :])


def written(parts: Iterable[Part], boundary: str) -> bytes:
    """The body that `parts_of` reads."""
    made = bytearray()
    for part in parts:
        made += f"--{boundary}\r\n".encode()
        for name, value in part.headers.items():
            made += f"{name}: {value}\r\n".encode()
        made += b"\r\n" + part.content + b"\r\n"
    made += f"--{boundary}--\r\n".encode()
    return bytes(made)
