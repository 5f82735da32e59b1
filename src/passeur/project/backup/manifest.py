"""What an archive says of itself: versions, tables with their rows, every part with its size and checksum."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, field
from typing import Any

FORMAT = 1
MANIFEST, SEAL, DUMP, FILES = "manifest.json", "manifest.sha256", "database.dump", "data/"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the archive: bytes, and their SHA-256."""

    size: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """`migrations` as `room.name`; `tables` counts rows; `key` is a fingerprint of the secret key."""

    passeur: str
    made_at: str
    postgresql: int
    key: str
    migrations: list[str]
    tables: dict[str, int]
    extensions: list[str]
    parts: dict[str, Part] = field(default_factory=dict)
    format: int = FORMAT

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, ensure_ascii=False).encode()


def read(given: bytes) -> Manifest:
    """The manifest of an archive; `ValueError`, `KeyError` or `TypeError` where it is none."""
    found: dict[str, Any] = json.loads(given)
    parts = {name: Part(int(part["size"]), str(part["sha256"])) for name, part in found["parts"].items()}
    return Manifest(**{**found, "parts": parts})


def fingerprint(key: str) -> str:
    """Tells one secret key from another, and says nothing else about it."""
    return hmac.new(key.encode(), b"passeur.backup", hashlib.sha256).hexdigest()[:32]
