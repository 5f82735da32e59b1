"""Arrays come from PostgreSQL as they are sent, and are read to the last digit."""

import math
from uuid import UUID

import pytest

from .. import arrays, lasting

pytestmark = pytest.mark.django_db

FIGURES = [0.1, -math.inf, 1.7e308, 5e-324, -0.0, 2.0**53 + 2]
KEYS = ["ffffffff-ffff-ffff-0000-000000000001", "00000000-0000-0007-8000-000000000000"]


def sent(of, text):
    ((column,),) = lasting.fetched(f"select array_send(%(some)s::{of}[])", {"some": text}, is_binary=True)
    return column


@pytest.mark.parametrize(("of", "most"), [("smallint", 2**15), ("int", 2**31), ("bigint", 2**63)])
def test_whole_numbers_of_each_length(of, most):
    some = [0, -1, most - 1, -most, 12]
    assert arrays.column(sent(of, f"{{{','.join(map(str, some))}}}")).tolist() == some


def test_days_and_moments_are_counted_since_2000():
    assert arrays.column(sent("date", "{2000-01-02,1999-12-30}")).tolist() == [1, -2]
    assert arrays.column(sent("timestamptz", "{2000-01-01 00:00:01.5Z}")).tolist() == [1_500_000]


def test_a_key_is_two_numbers():
    read = arrays.column(sent("uuid", f"{{{','.join(KEYS)}}}"))
    assert read.tolist() == [[-1, 1], [7, -(2**63)]]
    assert [UUID(bytes=row.astype(">i8").tobytes()) for row in read] == [UUID(key) for key in KEYS]


def test_others_are_read_to_the_last_digit():
    text = "{" + ",".join(map(repr, FIGURES)).replace("-inf", "-Infinity") + "}"
    read = arrays.floats(sent("double precision", text))
    assert list(map(repr, read.tolist())) == list(map(repr, FIGURES))


def test_nothing_is_read_as_nothing():
    assert arrays.column(None).tolist() == arrays.floats(None).tolist() == []
    assert arrays.column(b"").tolist() == []
    assert arrays.column(sent("bigint", "{}")).tolist() == []
    assert arrays.floats(sent("double precision", "{}")).tolist() == []
