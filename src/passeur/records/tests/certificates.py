"""Certificates for tests of signatures."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa


def certificate(key: Any) -> str:
    """One signed by its own key, as `x5c` has it."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "LMS")])
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=3650))
        .sign(key, hashes.SHA256() if isinstance(key, rsa.RSAPrivateKey) else None)
    )
    return base64.b64encode(made.public_bytes(serialization.Encoding.DER)).decode()
