"""Groups told of as one: whoever subtracts finds a group that may be told."""

from itertools import product

import pytest

from passeur.algorithms.disclosure import merged


@pytest.mark.parametrize(
    ("sizes", "together"),
    [
        ({"a": 9, "b": 6}, set()),
        ({"a": 9, "b": 6, "c": 3}, {"c", "b"}),
        ({"a": 9, "b": 6, "c": 3, "d": 2}, {"c", "d"}),
        ({"a": 9, "c": 3}, {"a", "c"}),
        ({"a": 9, "b": 8, "c": 7, "d": 6}, {"d"}),
    ],
    ids=["all large", "one small takes the next", "two small are enough", "nothing left", "too many"],
)
def test_by_hand(sizes, together):
    assert merged(sizes, 5, 3) == together


def test_no_sizes_leave_a_small_rest_beside_what_is_told():
    for sizes in product(range(1, 12), repeat=3):
        named = dict(zip("abc", sizes, strict=True))
        together = merged(named, 5, 12)
        rest = sum(named[name] for name in together)
        assert all(size >= 5 for name, size in named.items() if name not in together)
        assert rest == 0 or rest >= 5 or together == set(named)
