"""The name, address and handle of a person in other people's words: found, and taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from passeur.foundation.text import fold

GONE = "Membre parti"
GONE_HANDLE = "@membre-parti"
GONE_ADDRESS = "adresse-effacee"

# Letters that people type one for the other: accents come and go, capitals too.
_ALIKE = {
    plain: "".join(
        chr(code) for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)] if fold(chr(code)) == plain
    )
    for plain in "abcdefghijklmnopqrstuvwxyz"
}
_MARK = "[\u0300-\u036f]*"


@dataclass(frozen=True)
class Traces:
    """What names one person. `names` are all they went by: an imported account may have had another.

    A name of several words is found whatever its case, accents and spaces. A name of one word is found only
    in its own case, and only where `near` says that the text is about the person or from where they wrote:
    *Pierre* is a person, *pierre* a stone.
    """

    names: Sequence[str]
    addresses: Sequence[str]
    handles: Sequence[str]

    @cached_property
    def sql(self) -> str:
        """A regular expression for PostgreSQL's `~*`: which texts may hold a trace; empty for none."""
        return "|".join(
            [_name(name) for name in self.names if name.strip()]
            + [_name("@" + handle) for handle in self.handles]
            + [re.escape(address) for address in self.addresses]
        )

    @cached_property
    def _everywhere(self) -> re.Pattern[str] | None:
        return _compiled([_name(name) for name in self.names if len(name.split()) > 1], re.IGNORECASE)

    @cached_property
    def _near(self) -> re.Pattern[str] | None:
        return _compiled([re.escape(name.strip()) for name in self.names if len(name.split()) == 1], 0)

    @cached_property
    def _handles(self) -> re.Pattern[str] | None:
        found = "|".join(re.escape(handle) for handle in self.handles)
        return re.compile(rf"(?<![\w@/.-])@(?:{found})(?![\w-])", re.IGNORECASE) if found else None

    @cached_property
    def _addresses(self) -> re.Pattern[str] | None:
        found = "|".join(re.escape(address) for address in self.addresses)
        return re.compile(rf"(?<![\w.+-])(?:{found})(?![\w-])", re.IGNORECASE) if found else None

    def without(self, text: str, *, near: bool = False) -> str:
        """`text` with « Membre parti » in the place of the person."""
        for pattern, word in [
            (self._addresses, GONE_ADDRESS),
            (self._handles, GONE_HANDLE),
            (self._everywhere, GONE),
            (self._near if near else None, GONE),
        ]:
            if pattern is not None:
                text = pattern.sub(word, text)
        return text

    def without_any(self, value: Any, *, near: bool = False) -> Any:
        """The same for all words of a JSON value, keys included."""
        if isinstance(value, str):
            return self.without(value, near=near)
        if isinstance(value, list):
            return [self.without_any(part, near=near) for part in value]
        if isinstance(value, dict):
            return {
                self.without(str(key), near=near): self.without_any(part, near=near)
                for key, part in value.items()
            }
        return value


def _name(name: str) -> str:
    """A pattern for a name, in the words common to Python's and PostgreSQL's regular expressions."""
    return r"\s+".join("".join(_letter(letter) for letter in word) for word in name.split())


def _letter(letter: str) -> str:
    plain = fold(letter)
    if len(plain) == 1 and plain in _ALIKE:
        return f"[{plain}{plain.upper()}{_ALIKE[plain]}]{_MARK}"
    return re.escape(letter)


def _compiled(names: list[str], flags: int) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)", flags) if names else None
