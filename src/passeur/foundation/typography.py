"""French typography: narrow no-break spaces, guillemets, apostrophes, numbers with their units.

Only spaces that are there are mended, none is added: an address or a time such as 10:30 stays itself.
"""

import re
from collections.abc import Callable

NARROW = "\u202f"
FIXED = "\u00a0"
_TAG, _WORD = "\ue000", "\ue001"  # private characters that stand for what is held back

_MARKUP = re.compile(
    r"<(?P<tag>code|pre|kbd|samp|textarea|script|style)\b.*?</(?P=tag)\s*>|<[^>]*>|&(?:#\d+|#x[\da-f]+|\w+);",
    re.IGNORECASE | re.DOTALL,
)
_ADDRESS = re.compile(r"\S+://\S+|\S+@\S+|%\(\w+\)[sd]|\{\w*\}|`[^`]*`")
_RULES: list[tuple[re.Pattern[str], str]] = [
    (re.compile(r"(?<=\w)'(?=\w)|(?<=\b[ldjmtsncLDJMTSNC])'(?=«)"), "’"),
    (re.compile(r"\.{3}"), "…"),
    (re.compile(r"[ \u00a0\u202f]+(?=[;!?%‰])"), NARROW),
    (re.compile(r"[ \u00a0\u202f]+(?=:(?![\w/]))"), FIXED),
    (re.compile(r"(?<=«)[ \u00a0\u202f]*(?=\S)"), FIXED),
    (re.compile(r"(?<=\S)[ \u00a0\u202f]*(?=»)"), FIXED),
    # A number and what it counts; a year is followed by the next word of the sentence.
    (re.compile(r"(?<![\w.,])(?!(?:19|20)\d\d )(\d+(?:[,\u202f]\d+)*) (?=[a-zà-öø-ÿœ€])"), rf"\1{FIXED}"),
    (re.compile(rf"(?<=\d{FIXED}h) (?=\d)"), FIXED),
]


def french(text: str) -> str:
    """Plain French text, with its spaces and apostrophes; addresses, placeholders and `code` untouched."""
    return _outside(_ADDRESS, _WORD, text, _mend)


def french_html(html: str) -> str:
    """HTML whose texts are in French; tags, code and character references untouched."""
    return _outside(_MARKUP, _TAG, html, french)


def number(value: float, *, decimals: int | None = None, language: str = "fr") -> str:
    """A number as `language` writes it: 1 284 and 0,5 in French, 1,284 and 0.5 in English; a real minus."""
    if decimals is None:
        decimals = 0 if float(value).is_integer() else 1
    text = f"{value:,.{decimals}f}".replace("-", "−")
    return text.translate({ord(","): NARROW, ord("."): ","}) if language.startswith("fr") else text


def _mend(text: str) -> str:
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def _outside(kept: re.Pattern[str], mark: str, text: str, change: Callable[[str], str]) -> str:
    """`text` with `change` made to all that `kept` does not match.

    What is kept is held back behind `mark`, so that a rule still sees that something stands there.
    """
    text = text.replace(mark, "")
    held = iter([match.group() for match in kept.finditer(text)])
    return re.sub(mark, lambda _: next(held), change(kept.sub(mark, text)))
