"""Columns of numbers: sums by sorting equal sums by a dictionary, and keys come and go as they are."""

from __future__ import annotations

import random
from collections import Counter
from uuid import UUID

import numpy as np
import pytest
from django.db import connection

from passeur.foundation import arrays

from ..services import columns

WIDE = 1 << 40


@pytest.mark.parametrize("width", [3, 1000, WIDE])
def test_sums_by_key_equal_those_of_a_dictionary(width):
    """Keys that fit into one number, and keys (of 40 bits each) that do not, are summed alike."""
    chance = random.Random(width)
    names = [(chance.randrange(-width, width), chance.randrange(width)) for _ in range(30)]
    rows = [(*chance.choice(names), chance.choice([1, 1, -1])) for _ in range(500)]
    wanted: Counter[tuple[int, int]] = Counter()
    for one, other, sign in rows:
        wanted[one, other] += sign
    first, second, signs = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    keys, sums = columns.summed([first, second], signs)
    found = list(zip(zip(*(one.tolist() for one in keys), strict=True), sums.tolist(), strict=True))
    assert found == sorted((key, many) for key, many in wanted.items() if many)


def test_each_value_once_with_where_it_is():
    given = np.array([5, -2, 5, 9, -2, 5], dtype=np.int64)
    once, where, place = columns.distinct(given)
    assert once.tolist() == [-2, 5, 9]
    assert given[where].tolist() == once.tolist()
    assert once[place].tolist() == given.tolist()


def some(chance: random.Random, many: int) -> list[UUID]:
    return [UUID(int=chance.getrandbits(128)) for _ in range(many)]


@pytest.mark.django_db
def test_lists_of_keys_come_as_they_are_and_keys_can_be_written():
    chance = random.Random(1)
    wanted = [some(chance, many) for many in (1, 4, 2, 1)]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE listed (number int, keys uuid[]) ON COMMIT DROP")
        cursor.execute("CREATE TEMPORARY TABLE keyed (key uuid, number int) ON COMMIT DROP")
        for number, keys in enumerate(wanted):
            cursor.execute("INSERT INTO listed VALUES (%s, %s::uuid[])", [number, keys])
    raw, many, nothing = columns.row(
        "SELECT string_agg(array_send(keys), '' ORDER BY number),"
        " array_send(array_agg(cardinality(keys) ORDER BY number)), NULL::bytea FROM listed"
    )
    read = arrays.lists(raw, arrays.column(many))
    flat = [key for keys in wanted for key in keys]
    assert columns.uuids(read) == flat
    assert not len(arrays.column(nothing))
    columns.write("keyed", {"key": (16, read), "number": (4, np.arange(len(flat)))})
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM keyed ORDER BY number")
        assert [row[0] for row in cursor.fetchall()] == flat


def test_hashes_of_keys_are_the_same_for_the_same_and_drawn_anew_each_time():
    keys = columns.keys(some(random.Random(2), 200))
    one, other = columns.Hashed(), columns.Hashed()
    assert len(set(one(keys).tolist())) == 200
    assert (one(keys) == one(keys.copy())).all()
    assert not (one(keys) == other(keys)).any()
