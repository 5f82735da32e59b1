"""A day made of its tallies: statements and people by scope and word, and who took part, as bitmaps.

A tally says how many statements one person has at a place, with one word. A place counts in several scopes
(a community, each of its themes and those above); a person counts once in each, whatever places they were at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Column: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tallies:
    """Columns of one length; `bit` is the person's place in bitmaps, `word` any number from 0 on."""

    place: Column
    word: Column
    bit: Column
    statements: Column


@dataclass(frozen=True, slots=True)
class Counted:
    """How many statements in a scope with a word, and how many people have one."""

    scope: int
    word: int
    statements: int
    people: int


@dataclass(frozen=True, slots=True)
class Seen:
    """Those tallies by scope: `group` is scope × words + word, `keys` each (group, person) once, rising.

    `begins` says where the keys of each group begin, and of one more.
    """

    counted: list[Counted]
    keys: Column
    begins: Column
    people: int
    words: int

    def bitmaps(self, chosen: Mapping[int, bool]) -> Iterator[tuple[int, bytes]]:
        """(scope, bitmap) of who has one of the chosen words; scopes where somebody has, rising.

        Bit n is byte n // 8, its bit n % 8, and the last byte is not zero.
        """
        there = np.flatnonzero(np.diff(self.begins)).tolist()
        wanted = (group for group in there if chosen.get(group % self.words, False))
        for scope, groups in groupby(wanted, key=lambda group: group // self.words):
            parts = [
                self.keys[self.begins[group] : self.begins[group + 1]] - group * self.people
                for group in groups
            ]
            bits = np.zeros(max(int(part[-1]) for part in parts) + 1, dtype=bool)
            for part in parts:
                bits[part] = True
            yield int(scope), np.packbits(bits, bitorder="little").tobytes()


def once(given: Column) -> Column:
    """Each value once, rising: sorted and compared, which costs less than the hashes of `numpy.unique`."""
    ordered = np.sort(given)
    is_new = np.ones(len(ordered), dtype=bool)
    is_new[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_new]


def spread_out(places: Column, spread: tuple[Column, Column]) -> tuple[Column, Column]:
    """(index, scope) of each place in each of its scopes. `spread`: (place, scope) pairs, each once."""
    order = np.argsort(spread[0], kind="stable")
    known, scopes = spread[0][order], spread[1][order]
    first = np.searchsorted(known, places, "left")
    many = np.searchsorted(known, places, "right") - first
    row = np.repeat(np.arange(len(many)), many)
    return row, scopes[np.arange(len(row)) - np.repeat(np.cumsum(many) - many - first, many)]


def seen(tallies: Tallies, spread: tuple[Column, Column], left_out: tuple[Column, Column]) -> Seen:
    """What counts where. `spread`: (place, scope) pairs, each once, scopes numbered from 0 on; a place that
    is not in it counts nowhere. `left_out`: (scope, bit) pairs of whom a scope does not count.
    """
    row, scope = spread_out(tallies.place, spread)
    bit, statements = tallies.bit[row], tallies.statements[row]
    people = int(max(tallies.bit.max(initial=0), left_out[1].max(initial=0))) + 1
    words = int(tallies.word.max(initial=0)) + 1
    group = scope * words + tallies.word[row]
    if len(left_out[0]):
        kept = ~np.isin(scope * people + bit, left_out[0] * people + left_out[1])
        group, bit, statements = group[kept], bit[kept], statements[kept]
    keys = once(group * people + bit)
    sums = np.bincount(group, weights=statements)
    begins = np.searchsorted(keys, np.arange(len(sums) + 1) * people)
    each = np.diff(begins)
    counted = [
        Counted(int(one) // words, int(one) % words, int(sums[one]), int(each[one]))
        for one in np.flatnonzero(each)
    ]
    return Seen(counted, keys, begins, people, words)
