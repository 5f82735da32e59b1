"""A day of tallies, against counting one by one."""

from __future__ import annotations

import random

import numpy as np

from passeur.algorithms.measures.days import Tallies, once, seen, spread_out


def column(*numbers):
    return np.array(numbers, dtype=np.int64)


def pairs(some):
    return column(*(one for one, _ in some)), column(*(other for _, other in some))


def members(bits):
    number = int.from_bytes(bits, "little")
    return {place for place in range(number.bit_length()) if number >> place & 1}


def test_a_person_counts_once_in_a_scope_and_their_statements_all():
    # Person 9 at place 1 (scopes 0 and 1) twice and at place 2 (scope 0) three times, person 4 there once.
    tallies = Tallies(column(1, 2, 2), column(0, 0, 0), column(9, 9, 4), column(2, 3, 1))
    found = seen(tallies, pairs([(1, 0), (1, 1), (2, 0)]), pairs([]))
    assert [(one.scope, one.statements, one.people) for one in found.counted] == [(0, 6, 2), (1, 2, 1)]
    assert list(found.bitmaps({0: True})) == [(0, b"\x10\x02"), (1, b"\x00\x02")]
    assert list(found.bitmaps({0: False})) == []


def test_whoever_is_left_out_of_a_scope_counts_in_others():
    tallies = Tallies(column(1), column(0), column(3), column(5))
    found = seen(tallies, pairs([(1, 0), (1, 1)]), pairs([(0, 3)]))
    assert [(one.scope, one.statements) for one in found.counted] == [(1, 5)]


def test_a_place_that_counts_nowhere_and_a_day_of_nothing():
    nothing = Tallies(column(), column(), column(), column())
    assert seen(nothing, pairs([(1, 0)]), pairs([])).counted == []
    assert seen(Tallies(column(5), column(0), column(1), column(1)), pairs([(1, 0)]), pairs([])).counted == []
    assert spread_out(column(5), pairs([]))[0].tolist() == []


def test_it_is_what_counting_one_by_one_gives():
    chance = random.Random(4)
    rows = [
        (chance.randrange(6), chance.randrange(4), chance.randrange(30), chance.randrange(1, 4))
        for _ in range(300)
    ]
    spread = [(place, scope) for place in range(5) for scope in range(4) if chance.random() < 0.5]
    left_out = [(scope, bit) for scope in range(4) for bit in range(30) if chance.random() < 0.1]
    found = seen(Tallies(*(column(*one) for one in zip(*rows, strict=True))), pairs(spread), pairs(left_out))
    statements: dict[tuple[int, int], int] = {}
    people: dict[tuple[int, int], set[int]] = {}
    present: dict[int, set[int]] = {}
    for place, word, bit, many in rows:
        for at, scope in spread:
            if at == place and (scope, bit) not in left_out:
                statements[scope, word] = statements.get((scope, word), 0) + many
                people.setdefault((scope, word), set()).add(bit)
                if word in {1, 3}:
                    present.setdefault(scope, set()).add(bit)
    assert {(one.scope, one.word): one.statements for one in found.counted} == statements
    assert {(one.scope, one.word): one.people for one in found.counted} == {
        group: len(some) for group, some in people.items()
    }
    told = dict(found.bitmaps({1: True, 3: True}))
    assert {scope: members(bits) for scope, bits in told.items()} == present
    assert all(bits[-1] for bits in told.values())


def test_each_value_comes_once_in_rising_order():
    chance = random.Random(3)
    some = column(
        *(chance.randrange(-(2**62), 2**62) for _ in range(40)), *(chance.randrange(9) for _ in range(60))
    )
    assert once(some).tolist() == sorted(set(some.tolist()))
    assert once(column()).tolist() == []
