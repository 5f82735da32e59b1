"""From a paper to PDF/UA-1: tagged, with title and language, so that a screen reader reads it in order.

Words reach Typst as data, never as source. It reads this folder, and nothing from the network.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from passeur.foundation import typography

from .paper import Paper, Part, Sheet

HERE = Path(__file__).parent
SOURCE = HERE / "paper.typ"
FONTS = HERE / "fonts"
SHORT = 32
"""Characters up to which a cell is a name or a figure; a column with a longer one is one of sentences."""
_NOT_DRAWN = re.compile(
    r"[^\x20-\x7e\u00a0-\u017f\u0391-\u03c9\u0400-\u045f\u2010-\u2026\u202f\u2039\u203a\u20ac\u2212]"
)
_NO_WORDS = ("language", "svg", "sort")


def pdf(paper: Paper) -> bytes:
    """The file, in the typography of its language."""
    words: dict[str, Any] = {
        "title": paper.title,
        "language": paper.language[:2],
        "lead": paper.lead,
        "eyebrow": paper.eyebrow,
        "foot": paper.foot,
        "parts": [_said(part) for part in paper.parts],
    }
    if paper.language.startswith("fr"):
        words = _french(words)
    try:
        return _compiled(words)
    except typst.TypstError as trouble:
        if "could not be displayed" not in str(trouble):
            raise
        return _compiled(_drawable(words))


def _compiled(words: Mapping[str, Any]) -> bytes:
    made = typst.compile(
        SOURCE.read_bytes(),
        format="pdf",
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[FONTS]),
        sys_inputs={"data": json.dumps(words)},
        pdf_standards="ua-1",
    )
    return bytes(made)


def _drawable(value: Any) -> Any:
    """With a mark for each letter that no font here draws: PDF/UA refuses to show an empty box."""
    return _each(value, lambda words: _NOT_DRAWN.sub("?", words))


def _said(part: Part) -> dict[str, Any]:
    if isinstance(part, Sheet):
        rows = [[cell.text for cell in row] for row in part.table.rows]
        prose = [
            any(len(row[place].text) > SHORT for row in part.table.rows)
            for place in range(len(part.table.head))
        ]
        return {"sort": part.sort, "head": list(part.table.head), "rows": rows, "prose": prose}
    return {"sort": part.sort, **asdict(part)}


def _french(value: Any) -> Any:
    return _each(value, typography.french)


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """All words of a paper changed; drawings and what is no word stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: one if key in _NO_WORDS else _each(one, change) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_each(one, change) for one in value]
    return value
