"""From a paper to PDF/UA-1: tagged, with title and language, so that a screen reader reads it in order.

Words reach Typst as data, never as source. It reads this folder, and nothing from the network.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from passeur.foundation import typography

from .paper import Paper, Part, Sheet

HERE = Path(__file__).parent
SOURCE = HERE / "paper.typ"
FONTS = HERE / "fonts"
ONE_LINE = 30
"""Characters up to which a cell stands in one line."""
NARROWEST, APART = 7, 2
"""Characters of the narrowest column, and between two."""
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
        columns = [list(column) for column in zip(part.table.head, *rows, strict=True)]
        return {
            "sort": part.sort,
            "head": list(part.table.head),
            "rows": rows,
            "prose": [_is_prose(cells) for _head, *cells in columns],
            "widths": [_width(head, cells) for head, *cells in columns],
        }
    return {"sort": part.sort, **asdict(part)}


def _is_prose(cells: Sequence[str]) -> bool:
    """Whether most of a column are words, which begin at the left, not figures, which end at the right."""
    wordy = [2 * sum(map(str.isalpha, cell)) > len("".join(cell.split())) for cell in cells if cell]
    return 2 * sum(wordy) > len(wordy)


def _width(head: str, cells: Sequence[str]) -> float:
    """What a column asks for beside the others, about as many as characters in a line of it: its longest cell
    in one line if that is short, and in several if it is a sentence. A head may always break at its words.
    """
    longest = max([len(word) for word in head.split()] + [len(cell) for cell in cells], default=1)
    return APART + max(NARROWEST, min(longest, ONE_LINE)) + min(max(longest - ONE_LINE, 0) / 4, ONE_LINE)


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
