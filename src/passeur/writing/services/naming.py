"""The name of a file as it is kept: what a person reads, nothing that a system obeys."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 100
_NOT_IN_A_NAME = re.compile(r"[^\w .,()+-]+")


def clean_name(name: str, extension: str) -> str:
    """`name` without folders, controls, signs of direction or of markup, ending in `.extension`."""
    last = PurePosixPath(name.replace("\\", "/")).name
    letters = "".join(
        letter for letter in unicodedata.normalize("NFC", last) if unicodedata.category(letter)[0] != "C"
    )
    cleaned = re.sub(r"[\s_]+", "-", _NOT_IN_A_NAME.sub(" ", letters).strip()).strip("-. ")
    stem, _, ending = cleaned.rpartition(".")
    if not extension:
        return cleaned[:LONGEST]
    if not stem or len(ending) > 5:
        stem = cleaned
    return f"{stem[:LONGEST].strip('-. ') or 'fichier'}.{extension}"
