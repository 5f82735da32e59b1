"""What a reading of a dump keeps in mind, and what it asks of every row: numbers and dates that are ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.utils.translation import gettext as _

from passeur.channels.protocols import PersonRecord, Problems, Record

from .rows import Block, Row
from .texts import Texts

UNKNOWN = "former:"
MACHINE = "-1"
REMEMBERED = 200_000
"""Authors kept in mind: the memory of a reading stays flat."""

_FULL_MOMENT = 19


@dataclass(slots=True)
class Reading:
    """What one reading of a dump keeps in mind: little, and nothing that grows with the posts."""

    texts: Texts
    problems: Problems
    left_out: dict[str, int]
    knows_authors: bool = False
    """Whether people come after all that they wrote."""
    former: set[str] = field(default_factory=set)
    authors: set[str] = field(default_factory=set)
    """Who wrote or edited, as far as was read; not many more than `REMEMBERED`."""
    synonyms: dict[str, list[str]] = field(default_factory=dict)

    def skip(self, what: str, count: int = 1) -> None:
        self.left_out[what] = self.left_out.get(what, 0) + count

    def is_silent(self, account: str) -> bool:
        """Whether all texts were read, and none was this account's.

        With more authors than we care to remember nobody is: the database finds out.
        """
        return self.knows_authors and len(self.authors) <= REMEMBERED and account not in self.authors

    def malformed(self, block: Block, index: int, name: str, error: Exception) -> None:
        what = _("il manque %s") % error.args[0] if isinstance(error, KeyError) else str(error)
        self.problems.add(name, block.line(index), what)

    def author(self, row: Row, key: str, name_key: str, introduced: list[Record]) -> str:
        """Who wrote: an account's number, else the name that a closed account left."""
        if account := row.get(key):
            if len(self.authors) <= REMEMBERED:
                self.authors.add(account)
            return number(account)
        name = row.get(name_key) or _("Ancien membre")
        if name not in self.former:
            self.former.add(name)
            introduced.append(PersonRecord(UNKNOWN + name, name, None, False, True))
        return UNKNOWN + name


def number(text: str) -> str:
    """An id, once it is sure that it is a whole number."""
    if not text.isdigit() and text != MACHINE:
        raise ValueError(_("un numéro qui n’en est pas un : %s") % text)
    return text


def score(text: str | None) -> int:
    """A score; none is zero."""
    if not text:
        return 0
    if not text.removeprefix("-").isdigit():
        raise ValueError(_("une note qui n’est pas un nombre : %s") % text)
    return max(-(2**31), min(2**31 - 1, int(text)))


def moment(text: str) -> str:
    """A date with its time, once it is sure that the database will read it as we do."""
    try:
        datetime.fromisoformat(text)
        is_one = len(text) >= _FULL_MOMENT and "," not in text
    except ValueError:
        is_one = False
    if not is_one:
        raise ValueError(_("une date qui n’en est pas une : %s") % text)
    return text


@lru_cache(maxsize=4096)
def day(text: str) -> str:
    """The day of a date with its time."""
    return moment(text)[:10]
