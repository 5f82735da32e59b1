"""Folding: the form of a text in which case, accents and ligatures no longer count.

`fold` in Python and `passeur_fold` in PostgreSQL give the same result; a property test holds them to it.
"""

import re
import unicodedata

_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
_DROPPED = re.compile(f"[{_MARKS}{_UNSEEN}]")

_SPELT_OUT = {"œ": "oe", "æ": "ae", "ß": "ss", "þ": "th", "ĳ": "ij"}
_LOOK_ALIKES = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ŋ": "n",
    "ŧ": "t",
    "ƀ": "b",
    "ς": "σ",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "‐": "-",
}


def _letters() -> dict[str, str]:
    """Each capital of the Latin, Greek, Cyrillic and Armenian blocks that decomposition leaves, made small.

    ASCII apart; then the look-alikes, capitals included.
    """
    small = {}
    for code in [*range(0x80, 0x590), *range(0x1E00, 0x2000)]:
        capital = chr(code)
        lower = capital.lower()
        if lower != capital and len(lower) == 1 and unicodedata.normalize("NFKD", capital) == capital:
            small[capital] = _LOOK_ALIKES.get(lower, lower)
    small["ẞ"] = "ß"
    return small | _LOOK_ALIKES


_LETTERS = _letters()
_TABLE = str.maketrans(
    {chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    | {letter: _SPELT_OUT.get(small, small) for letter, small in _LETTERS.items()}
    | _SPELT_OUT
)


def fold(text: str) -> str:
    """`text` without case, accents or ligatures: *Œuvre* and *oeuvre*, *Paweł* and *pawel* are one."""
    return _DROPPED.sub("", unicodedata.normalize("NFKD", text)).translate(_TABLE)


def fold_name(name: str) -> str:
    """`fold`, with runs of spaces made one: what makes two names the same name."""
    return " ".join(fold(name).split())


def fold_sql() -> str:
    """The statement that makes `passeur_fold(text)`: stock PostgreSQL 15, any locale, no extension."""
    decomposed = f"regexp_replace(normalize($1, NFKD), '[{_MARKS}{_UNSEEN}]', '', 'g')"
    plain = f"translate(lower({decomposed} collate \"C\"), '’‘ʼ‐', '''''''-')"
    capitals = "".join(_LETTERS)
    smalls = "".join(_LETTERS.values()).replace("'", "''")
    spelt_out = f"translate(t, '{capitals}', '{smalls}')"
    for ligature, letters in _SPELT_OUT.items():
        spelt_out = f"replace({spelt_out}, '{ligature}', '{letters}')"
    # `translate` reads its whole list for each character: only texts that hold such a letter pay for it.
    return f"""
create or replace function passeur_fold(text) returns text
language sql immutable strict parallel safe
return (
  select case when t ~ '[{capitals}{"".join(_SPELT_OUT)}]' then {spelt_out} else t end
  from (select {plain}) as folded(t)
)
"""  # noqa: S608 - made of the constants above
