"""Boards as PDF: tagged, with its language and title, so that a screen reader reads it (PDF/UA-1).

Words reach Typst as data, never as source: nothing that somebody typed is a command there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from passeur.foundation import typography

from .telling import Told

SOURCE = Path(__file__).with_name("report.typ")


def pdf(told: Told) -> bytes:
    """The file."""
    data = {
        "title": told.title,
        "language": told.language[:2],
        "sentence": told.sentence,
        "about": [list(pair) for pair in told.about],
        "definitions": [list(pair) for pair in told.definitions],
        "heading_definitions": _("Définitions"),
        "guard": told.guard,
        "tables": [
            {
                "caption": table.caption,
                "head": list(table.head),
                "rows": [[cell.text for cell in row] for row in table.rows],
            }
            for table in told.tables
        ],
    }
    return compiled(data)


def compiled(data: Mapping[str, Any]) -> bytes:
    """A PDF of `report.typ` with these words, in their language's typography."""
    told = _typeset(data) if str(data["language"]).startswith("fr") else data
    made = typst.compile(
        SOURCE.read_bytes(), format="pdf", sys_inputs={"data": json.dumps(told)}, pdf_standards="ua-1"
    )
    return bytes(made)


def _typeset(value: Any) -> Any:
    if isinstance(value, str):
        return typography.french(value)
    if isinstance(value, Mapping):
        return {key: value[key] if key == "language" else _typeset(value[key]) for key in value}
    if isinstance(value, list):
        return [_typeset(one) for one in value]
    return value
