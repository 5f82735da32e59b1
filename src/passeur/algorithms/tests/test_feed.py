"""Order in a feed: reasons add up, age fades, and nothing comes three times in a row."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..feed import HALF_LIFE, RUN, Item, arrange, score

weights = st.lists(st.floats(0, 1), max_size=6)
items = st.lists(
    st.builds(
        lambda score, about: (score, frozenset(about)),
        st.floats(0.001, 1),
        st.sets(st.sampled_from("abc"), max_size=2),
    ),
    max_size=12,
).map(lambda drawn: [Item(n, s, about) for n, (s, about) in enumerate(drawn)])


def test_a_reason_alone_counts_for_itself_and_two_for_more_than_either():
    assert score([0.5], hours=0) == 0.5
    assert score([0.5, 0.5], hours=0) == 0.75
    assert score([], hours=0) == 0


def test_after_a_half_life_it_counts_half():
    assert score([0.8], hours=HALF_LIFE) == pytest.approx(0.4)
    assert score([0.8], hours=-5) == 0.8


@given(weights, st.floats(0, 1), st.floats(0, 5_000))
def test_one_more_reason_never_takes_anything_away(some, one, hours):
    before, after = score(some, hours=hours), score([*some, one], hours=hours)
    assert 0 <= before <= after + 1e-12 <= 1 + 1e-9


@given(weights, st.floats(0, 1_000), st.floats(0, 1_000))
def test_older_never_counts_more(some, hours, more):
    assert score(some, hours=hours + more) <= score(some, hours=hours)


@given(items, st.integers(0, 15))
def test_each_item_comes_once_and_as_many_as_were_asked_for(drawn, limit):
    found = arrange(drawn, limit)
    assert len(found) == len(set(found)) == min(limit, len(drawn))


@given(items)
def test_the_best_is_first(drawn):
    found = arrange(drawn, 3)
    if found:
        by_key = {item.key: item for item in drawn}
        assert math.isclose(by_key[found[0]].score, max(item.score for item in drawn))


def test_five_entries_on_one_theme_never_follow_each_other_while_there_is_something_else():
    loud = [Item(f"stocks {n}", 0.9 - n / 100, frozenset({"stocks"})) for n in range(5)]
    others = [Item("caisse", 0.1, frozenset({"caisse"})), Item("seul", 0.05)]
    found = arrange([*loud, *others], 7)
    run = 0
    for place, key in enumerate(found):
        run = run + 1 if key.startswith("stocks") else 0
        if place < 6:
            assert run <= RUN
    assert set(found) == {item.key for item in [*loud, *others]}


def test_when_there_is_only_one_theme_it_fills_the_feed():
    loud = [Item(n, 1 - n / 10, frozenset({"stocks"})) for n in range(5)]
    assert arrange(loud, 9) == [0, 1, 2, 3, 4]


def test_something_else_that_is_nearly_as_good_comes_between():
    found = arrange(
        [Item("a", 0.9, frozenset("s")), Item("b", 0.8, frozenset("s")), Item("c", 0.6, frozenset("t"))], 3
    )
    assert found == ["a", "c", "b"]
