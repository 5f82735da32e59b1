"""What is told beside each other: whoever subtracts finds what may be told, or nothing."""

from itertools import combinations, product

import numpy as np
import pytest

from passeur.algorithms.disclosure import are_apart, merged


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


def acts(*cells):
    """So many people, each of whom did one thing in a piece and a part."""
    rows = [(piece, part) for piece, part, number in cells for _ in range(number)]
    pieces, parts = np.array(rows or np.empty((0, 2)), dtype=np.int64).T
    return pieces, parts, np.arange(len(rows))


@pytest.mark.parametrize(
    ("cells", "may"),
    [
        ([], True),
        ([(0, 0, 9), (1, 0, 3), (1, 1, 9)], False),
        ([(0, 0, 9), (1, 0, 5), (1, 1, 9)], True),
        ([(0, 0, 9), (1, 1, 9)], True),
        ([(0, 0, 9), (0, 1, 1), (1, 0, 1), (1, 1, 9)], True),
        ([(0, 0, 9), (1, 0, 9), (2, 0, 2), (2, 1, 9)], False),
        ([(0, 0, 9), (1, 1, 9), (2, 0, 2), (2, 2, 9)], False),
        ([(0, 0, 9), (1, 1, 9), (2, 0, 2), (2, 1, 3), (2, 2, 9)], False),
    ],
    ids=[
        "nothing",
        "few are left of the part",
        "enough are",
        "none are",
        "no piece lies in a part",
        "few are left when two pieces are taken",
        "few are left of one part",
        "few of each, enough of both",
    ],
)
def test_a_part_less_the_pieces_in_it_is_of_enough_people_or_nothing(cells, may):
    pieces, parts, people = acts(*cells)
    assert are_apart(pieces, parts, people, 5) == may


def test_one_who_did_much_is_one():
    pieces, parts, people = acts((0, 0, 9), (1, 0, 7), (1, 1, 9))
    people[9:16] = 3
    assert not are_apart(pieces, parts, people, 5)


@pytest.mark.parametrize("seed", range(20))
def test_so_it_is_of_whichever_pieces_are_taken(seed):
    """By hand, all ways to take some pieces, where each is of enough people."""
    chance = np.random.default_rng(seed)
    pieces = np.repeat(np.arange(4), chance.integers(5, 9, 4))
    parts = np.where(chance.random(len(pieces)) < 0.7, pieces % 3, chance.integers(0, 3, len(pieces)))
    people = np.arange(len(pieces))
    left = [
        int((np.isin(parts, parts[np.isin(pieces, taken)]) & ~np.isin(pieces, taken)).sum())
        for number in (1, 2, 3)
        for taken in combinations(range(4), number)
        if len(set(parts[np.isin(pieces, taken)].tolist())) < len(set(parts.tolist()))
    ]
    assert are_apart(pieces, parts, people, 5) == all(not some or some >= 5 for some in left)
