"""Statements that a request brings, with the contents of their attachments: read, checked, made ready."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import new as hash_of

from passeur.algorithms.xapi import Invalid, familiar, multipart, reading, signatures
from passeur.algorithms.xapi.prepared import Prepared, prepare

from .asked import Asked

_HASHES = {56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}


def statements_of(asked: Asked, *, id: str | None = None) -> tuple[list[Prepared], dict[str, bytes], bool]:
    """(statements, contents by SHA-2, whether they came in an array)."""
    kind, parameters = multipart.media_type(asked.header("content-type"))
    contents: dict[str, bytes] = {}
    body = asked.body
    if kind == "application/json" and id is None and len(body) <= reading.LARGEST:
        read = familiar.read(body, asked.edition, asked.client.authority)
        if read is not None:
            _all_different(read[0])
            return read[0], contents, read[1]
    if kind == "multipart/mixed":
        first, *others = multipart.parts_of(body, parameters.get("boundary")) or [multipart.Part({}, b"")]
        if multipart.media_type(first.headers.get("content-type", ""))[0] != "application/json":
            raise Invalid("part 0", "the first part holds the statements, as application/json")
        body = first.content
        contents = _contents(others)
    elif kind != "application/json":
        raise Invalid("Content-Type", "statements come as application/json or multipart/mixed")
    written, is_array = reading.objects_of(reading.text_of(body))
    authority = asked.client.authority
    name = "statement[{}]" if is_array else "statement"
    made = [
        prepare(one, asked.edition, authority, where=name.format(number), id=id)
        for number, one in enumerate(written)
    ]
    _all_different(made)
    _match(made, contents)
    for number, one in enumerate(made):
        if one.attachments:
            signatures.check(one.members, contents, asked.edition, name.format(number))
    return made, contents, is_array


def _all_different(statements: Sequence[Prepared]) -> None:
    if len({one.id for one in statements}) < len(statements):
        raise Invalid("body", "two statements have the same id")


def _contents(parts: Sequence[multipart.Part]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for number, part in enumerate(parts, 1):
        where = f"part {number}"
        if part.headers.get("content-transfer-encoding", "").lower() != "binary":
            raise Invalid(where, "an attachment needs the header Content-Transfer-Encoding: binary")
        sha2 = part.headers.get("x-experience-api-hash", "").lower()
        if len(sha2) not in _HASHES:
            raise Invalid(where, "an attachment needs the header X-Experience-API-Hash, its SHA-2")
        if hash_of(_HASHES[len(sha2)], part.content).hexdigest() != sha2:
            raise Invalid(where, "the content is not what X-Experience-API-Hash says")
        found[sha2] = part.content
    return found


def _match(statements: Sequence[Prepared], contents: dict[str, bytes]) -> None:
    """Each content belongs to an attachment, and each attachment has its content or says where it is."""
    announced: set[str] = set()
    for one in statements:
        for attachment in one.attachments:
            sha2 = attachment["sha2"].lower()
            announced.add(sha2)
            if sha2 not in contents and "fileUrl" not in attachment:
                raise Invalid(
                    "attachments", f"the content of {sha2} is not in the request, and there is no fileUrl"
                )
    if stray := set(contents) - announced:
        raise Invalid("body", f"no attachment has the hash {min(stray)}")
