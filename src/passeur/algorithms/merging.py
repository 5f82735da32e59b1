"""Two people changed the same text: what goes together by itself, and where they must choose.

A three-way merge over sentences and line ends (Khanna, Kunal and Pierce, *A Formal Investigation of Diff3*,
2007). Changes that touch each other are left to people: a wrong merge is worse than a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Choice = Literal["mine", "theirs", "both"]

_PIECES = re.compile(r"\n+|[^\n]*?[.!?…]+[»”\")\]]*[^\S\n]+|[^\n]+")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of the text as it was and as each of the two left it.

    The `mine` of all chunks, one after the other, are my text to the letter; so are `base` and `theirs`.
    """

    base: str
    mine: str
    theirs: str

    @property
    def settled(self) -> str | None:
        """What both can agree on: the change of whoever changed it; None where each changed it otherwise."""
        if self.mine == self.theirs or self.theirs == self.base:
            return self.mine
        return self.theirs if self.mine == self.base else None

    def chosen(self, choice: Choice) -> str:
        """The stretch as somebody decided; of `both`, mine comes first."""
        if self.settled is not None:
            return self.settled
        if choice == "both":
            return _one_after_the_other(self.mine, self.theirs)
        return self.mine if choice == "mine" else self.theirs


@dataclass(frozen=True, slots=True)
class Merge:
    """The whole text in stretches."""

    chunks: tuple[Chunk, ...]

    @property
    def clashes(self) -> tuple[Chunk, ...]:
        """Where both changed the same stretch, each in another way."""
        return tuple(chunk for chunk in self.chunks if chunk.settled is None)

    @property
    def text(self) -> str | None:
        """The merged text; None while there is something to decide."""
        return None if self.clashes else self.decided(())

    def decided(self, choices: Sequence[Choice]) -> str:
        """The text with each clash decided, in order; those without a choice keep both."""
        left = iter(choices)
        return "".join(
            chunk.chosen(next(left, "both")) if chunk.settled is None else chunk.settled
            for chunk in self.chunks
        )


def merge(base: str, mine: str, theirs: str) -> Merge:
    """Merge two changes of `base`."""
    return Merge(tuple(_grouped(_chunks(pieces(base), pieces(mine), pieces(theirs)))))


def merge_words(base: str, mine: str, theirs: str) -> Merge:
    """The same for a title, which is taken whole."""
    return Merge((Chunk(base, mine, theirs),))


def pieces(text: str) -> list[str]:
    """Sentences with the space after them, and line ends; together, the text to the letter."""
    return _PIECES.findall(text)


def _chunks(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[Chunk]:
    at_base = at_mine = at_theirs = 0
    for in_base, in_mine, in_theirs, length in [
        *_common(base, mine, theirs),
        (len(base), len(mine), len(theirs), 0),
    ]:
        yield Chunk(
            "".join(base[at_base:in_base]),
            "".join(mine[at_mine:in_mine]),
            "".join(theirs[at_theirs:in_theirs]),
        )
        same = "".join(base[in_base : in_base + length])
        yield Chunk(same, same, same)
        at_base, at_mine, at_theirs = in_base + length, in_mine + length, in_theirs + length


def _common(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """(place in base, in mine, in theirs, length) of what nobody changed, in order."""
    ours, others = _kept(base, mine), _kept(base, theirs)
    i = j = 0
    while i < len(ours) and j < len(others):
        (a, m, n), (b, t, k) = ours[i], others[j]
        start, end = max(a, b), min(a + n, b + k)
        if start < end:
            yield start, m + start - a, t + start - b, end - start
        if a + n <= b + k:
            i += 1
        else:
            j += 1


def _kept(base: list[str], changed: list[str]) -> list[tuple[int, int, int]]:
    blocks = SequenceMatcher(None, base, changed, autojunk=False).get_matching_blocks()
    return [(a, b, size) for a, b, size in blocks if size]


def _grouped(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """Empty stretches left out, settled neighbours as one: fewer and longer to read."""
    waiting: Chunk | None = None
    for chunk in chunks:
        if not (chunk.base or chunk.mine or chunk.theirs):
            continue
        same = chunk.base == chunk.mine == chunk.theirs
        if waiting is not None and same and waiting.base == waiting.mine == waiting.theirs:
            text = waiting.base + chunk.base
            waiting = Chunk(text, text, text)
            continue
        if waiting is not None:
            yield waiting
        waiting = chunk
    if waiting is not None:
        yield waiting


def _one_after_the_other(mine: str, theirs: str) -> str:
    if not mine or not theirs:
        return mine or theirs
    if mine[-1].isspace() or theirs[0].isspace():
        return mine + theirs
    return mine + ("\n\n" if "\n" in mine + theirs else " ") + theirs
