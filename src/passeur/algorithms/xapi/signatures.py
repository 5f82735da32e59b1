"""Signed statements (xAPI 1.0.3, Data 2.6): a JSON Web Signature of the statement, among its attachments."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from . import reading
from .errors import Invalid
from .objects import SIGNATURE
from .sameness import same
from .statements import Edition, a_statement

_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "RS256": hashes.SHA256,
    "RS384": hashes.SHA384,
    "RS512": hashes.SHA512,
}


def check(statement: Any, contents: Mapping[str, bytes], edition: Edition, where: str) -> None:
    """Raise `Invalid` where a signature of the statement is none of it. `contents`: by `sha2`."""
    for number, attachment in enumerate(statement.get("attachments", ())):
        if attachment["usageType"] != SIGNATURE:
            continue
        place = f"{where}.attachments[{number}]"
        if attachment["contentType"].split(";")[0].strip().lower() != "application/octet-stream":
            raise Invalid(f"{place}.contentType", "a signature is application/octet-stream")
        content = contents.get(attachment["sha2"].lower())
        if content is None:
            raise Invalid(place, "the signature must come with the statement")
        _check_one(statement, content, edition, place)


def _check_one(statement: Any, token: bytes, edition: Edition, where: str) -> None:
    pieces = token.strip().split(b".")
    if len(pieces) != 3:
        raise Invalid(where, "is not a JSON Web Signature in compact form")
    header, payload, signature = (_decoded(piece, where) for piece in pieces)
    told = reading.value_of(reading.text_of(header, where), where)
    algorithm = told.get("alg") if isinstance(told, dict) else None
    if not isinstance(algorithm, str) or algorithm not in _HASHES:
        raise Invalid(where, "is not signed with RS256, RS384 or RS512")
    signed = reading.value_of(reading.text_of(payload, where), where)
    a_statement(signed, edition, f"{where} (signed)")
    if not same(
        {name: value for name, value in signed.items() if name != "attachments"}, _without(statement)
    ):
        raise Invalid(where, "signs another statement than this one")
    if "x5c" in told:
        _verify(told["x5c"], algorithm, pieces, signature, where)


def _without(statement: Any) -> Any:
    """The statement without its attachments: the signature could not be in what it signs."""
    return {name: value for name, value in statement.items() if name != "attachments"}


def _decoded(piece: bytes, where: str) -> bytes:
    try:
        return base64.b64decode(piece + b"=" * (-len(piece) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Invalid(where, "is not a JSON Web Signature in compact form") from None


def _verify(chain: Any, algorithm: str, pieces: list[bytes], signature: bytes, where: str) -> None:
    """Hold the signature against the certificate that came with it."""
    try:
        first = chain[0] if isinstance(chain, list) else ""
        certificate = x509.load_der_x509_certificate(base64.b64decode(first, validate=True))
        key = certificate.public_key()
    except (ValueError, TypeError, LookupError, UnsupportedAlgorithm):
        raise Invalid(where, "names a certificate (x5c) that cannot be read") from None
    if not isinstance(key, rsa.RSAPublicKey):
        raise Invalid(where, "names a certificate (x5c) without an RSA key")
    try:
        key.verify(signature, pieces[0] + b"." + pieces[1], padding.PKCS1v15(), _HASHES[algorithm]())
    except InvalidSignature:
        raise Invalid(where, "was not made by the certificate (x5c) that it names") from None
