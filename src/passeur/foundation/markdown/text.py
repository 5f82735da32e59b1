"""Plain text of rendered HTML, for search and extracts."""

import html as entities
import re

_BREAK = re.compile(
    r"</(?:p|li|h[1-6]|pre|blockquote|tr|dt|dd|table|caption|ul|ol)>|<(?:br|hr)\b[^>]*>", re.IGNORECASE
)
_ROW = re.compile(r"<tr\b[^>]*>(.*?)</tr>", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"</t[dh]>", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n]+")  # not the spaces of French typography
_TAG = re.compile(r"<[^>]*>")
_BLANK = re.compile(r"[ \t]*\n\s*")


def to_text(html: str) -> str:
    """The words of sanitised HTML, a line for each block; a row of a table is one, its cells side by side."""
    text = _TAG.sub("", _BREAK.sub("\n", _ROW.sub(_row, html)))
    return _BLANK.sub("\n", entities.unescape(text)).strip()


def _row(found: re.Match[str]) -> str:
    """What is in each cell, on one line whatever it was written as."""
    *cells, after = _CELL.split(found[1])
    words = [_SPACE.sub(" ", _TAG.sub("", _BREAK.sub(" ", cell))).strip(" ") for cell in cells]
    return f"\n{' | '.join(words)}{after}</tr>"
