"""Plain text of rendered HTML, for search and extracts."""

import html as entities
import re

_BREAK = re.compile(
    r"</(?:p|li|h[1-6]|pre|blockquote|tr|dt|dd|table|ul|ol)>|<(?:br|hr)\b[^>]*>", re.IGNORECASE
)
_CELL = re.compile(r"</t[dh]>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_BLANK = re.compile(r"[ \t]*\n\s*")


def to_text(html: str) -> str:
    """The words of sanitised HTML, a line for each block."""
    text = _TAG.sub("", _CELL.sub(" ", _BREAK.sub("\n", html)))
    return _BLANK.sub("\n", entities.unescape(text)).strip()
