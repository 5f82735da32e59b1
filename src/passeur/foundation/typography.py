"""French typography: narrow no-break spaces, guillemets, apostrophes, numbers with their units.

Only spaces that are there are mended, none is added: an address or a time such as 10:30 stays itself.

Every text of a page that is drawn goes through here, and most have few of the signs that something is said
of. So each rule is tried only where its sign stands in the text, and begins with that sign: a pattern that
begins by looking back tries every place.
"""

import re
from collections.abc import Callable

NARROW = "\u202f"
FIXED = "\u00a0"
_TAG, _WORD = "\ue000", "\ue001"  # private characters that stand for what is held back

# One group holds all that is kept; that of `_MARKUP` has another one inside.
_MARKUP = re.compile(
    r"(<(?P<tag>code|pre|kbd|samp|textarea|script|style)\b.*?</(?P=tag)\s*>|<[^>]*>|&(?:#\d+|#x[\da-f]+|\w+);)",
    re.IGNORECASE | re.DOTALL,
)
_ADDRESS = re.compile(r"(\S+://\S+|\S+@\S+|%\(\w+\)[sd]|\{\w*\}|`[^`]*`)")
_ADDRESS_SIGNS = ("://", "@", "%(", "{", "`")
_SPACES = "[ \u00a0\u202f]"
# The signs without any of which a rule has nothing to mend, the rule, and what it writes; in this order.
_RULES: list[tuple[tuple[str, ...], re.Pattern[str], str]] = [
    (("'",), re.compile(r"'(?:(?<=\w')(?=\w)|(?<=\b[ldjmtsncLDJMTSNC]')(?=«))"), "’"),
    (("...",), re.compile(r"\.{3}"), "…"),
    ((";", "!", "?", "%", "‰"), re.compile(rf"{_SPACES}+(?=[;!?%‰])"), NARROW),
    ((":",), re.compile(rf"{_SPACES}+(?=:(?![\w/]))"), FIXED),
    (("«",), re.compile(rf"(?<=«){_SPACES}*(?=\S)"), FIXED),
    (("»",), re.compile(rf"(?<=\S){_SPACES}*(?=»)"), FIXED),
]
# A number and what it counts; a year is followed by the next word of the sentence.
_COUNTED = re.compile(
    r"(\d)(?<![\w.,]\d)(?:(?<=1)(?!9\d\d )|(?<=2)(?!0\d\d )|(?<![12]))"
    r"(\d*(?:[,\u202f]\d+)*) (?=[a-zà-öø-ÿœ€])"
)
_HOURS = re.compile(rf"(?<=\d{FIXED}h) (?=\d)")


def french(text: str) -> str:
    """Plain French text, with its spaces and apostrophes; addresses, placeholders and `code` untouched."""
    text = text.replace(_WORD, "")
    for sign in _ADDRESS_SIGNS:
        if sign in text:
            return _outside(_ADDRESS, 2, _WORD, text, _mend)
    return _mend(text)


def french_html(html: str) -> str:
    """HTML whose texts are in French; tags, code and character references untouched."""
    return _outside(_MARKUP, 3, _TAG, html.replace(_TAG, ""), french)


def number(value: float, *, decimals: int | None = None, language: str = "fr") -> str:
    """A number as `language` writes it: 1 284 and 0,5 in French, 1,284 and 0.5 in English; a real minus."""
    if decimals is None:
        decimals = 0 if float(value).is_integer() else 1
    text = f"{value:,.{decimals}f}".replace("-", "−")
    return text.translate({ord(","): NARROW, ord("."): ","}) if language.startswith("fr") else text


def _mend(text: str) -> str:
    for signs, pattern, replacement in _RULES:
        for sign in signs:
            if sign in text:
                text = pattern.sub(replacement, text)
                break
    text = _COUNTED.sub(rf"\1\2{FIXED}", text)
    return _HOURS.sub(FIXED, text) if f"{FIXED}h " in text else text


def _outside(kept: re.Pattern[str], stride: int, mark: str, text: str, change: Callable[[str], str]) -> str:
    """`text`, in which no mark stands, with `change` made to all that `kept` does not match.

    What is kept is held back behind `mark`, so that a rule still sees that something stands there. `stride`:
    one more than the groups of `kept`, the first of which is all of it.
    """
    pieces: list[str] = kept.split(text)
    if len(pieces) == 1:
        return change(text)
    around, held = change(mark.join(pieces[::stride])).split(mark), pieces[1::stride]
    return "".join([part for pair in zip(around, [*held, ""], strict=True) for part in pair])
