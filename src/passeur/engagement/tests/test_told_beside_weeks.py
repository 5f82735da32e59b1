"""Parts of a block are told beside its weeks where the difference is of enough people too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pytest

from ..queries.sets import Days, Some
from ..queries.telling import block
from ..queries.weeks import Week
from .company import MONDAY, WEEK

THEME, ABOVE = 7, 3
A_FEW, SOME, OTHERS = range(3), range(10, 16), range(20, 26)


def row(
    week: int, people: Iterable[int], *, theme=0, kind="discussion", asks=False, newcomers=0, beside=()
) -> Week:
    """An exchange of each of these people, in a week."""
    askers = sorted(people)
    number = len(askers)
    return Week(
        1, theme, MONDAY + week * WEEK, "" if theme else kind, asks, number, 0, 0, 0, 0, newcomers, 0, 0,
        number, askers, sorted(beside), b"",
    )  # fmt: skip


def told(*rows: Week, smallest=5):
    """The block that is made of these."""
    by_theme: dict = defaultdict(lambda: defaultdict(list))
    for one in rows:
        by_theme[one.theme][one.week].append(one)
    return block(Days(by_theme), MONDAY, smallest, 5, asks=rows[0].asks)


def themed(week, inside, outside, theme=THEME):
    """A week of a community in which some write in a theme, and others outside of it."""
    return (
        row(week, [*inside, *outside]),
        *([row(week, inside, theme=theme, beside=outside)] if inside else []),
    )


@pytest.mark.parametrize(
    ("weeks", "is_told"),
    [
        # All of the first week is in the theme: the theme less that week is what three people wrote.
        ([(SOME, ()), (A_FEW, OTHERS)], False),
        # So it is of what is outside, where nothing of a week is in the theme.
        ([((), SOME), (OTHERS, A_FEW)], False),
        # Two weeks, one after the other, wholly in it.
        ([(SOME, ()), (OTHERS, ()), (A_FEW, SOME)], False),
        # What is left is of enough people, or each week has something of both.
        ([(SOME, ()), (OTHERS, SOME)], True),
        ([(SOME, (1,)), (A_FEW, OTHERS)], True),
        # Each week is wholly in it or wholly outside: its own figure says it.
        ([(SOME, ()), ((), OTHERS)], True),
    ],
)
def test_a_theme(weeks, is_told):
    found = told(
        *(row for week, (inside, outside) in enumerate(weeks) for row in themed(week, inside, outside))
    )
    assert len(found.runs) == 4
    assert found.has_theme(THEME, {THEME: None}) == is_told


def test_a_theme_beside_the_one_above_it():
    """All of the first week is above, and nothing in the theme: what is between the two is known of it."""
    above = [row(0, SOME, theme=ABOVE), row(1, [*OTHERS, *A_FEW], theme=ABOVE, beside=SOME)]
    within = row(1, OTHERS, theme=THEME, beside=A_FEW)
    found = told(row(0, SOME), row(1, [*SOME, *OTHERS, *A_FEW]), *above, within)
    assert found.has_theme(ABOVE, {ABOVE: None})
    assert not found.has_theme(THEME, {THEME: ABOVE, ABOVE: None})


def test_a_form():
    rows = (row(0, SOME, kind="experience"), row(1, A_FEW, kind="experience"), row(1, OTHERS))
    assert told(*rows).kinds() == {}
    assert set(told(*rows, row(0, [1])).kinds()) == {"experience", "discussion"}


def test_newcomers():
    def welcomes(newcomers):
        second = [*A_FEW, *OTHERS, *range(30, 36)]
        rows = (row(0, SOME, asks=True, newcomers=6), row(1, second, asks=True, newcomers=newcomers))
        return told(*rows).has_newcomers(0)

    assert not welcomes(3)
    assert welcomes(9)


def test_a_team():
    found = told(row(0, SOME), row(1, [*A_FEW, *OTHERS]))

    def teams(*by_week):
        some = [{team: Some(len(who), set(who)) for team, who in week.items()} for week in by_week]
        return set(found.teams(dict(zip(found.told, [*some, {}, {}], strict=True))))

    assert teams({"T0": SOME}, {"T0": A_FEW, "T1": OTHERS}) == set()
    assert teams({"T0": SOME}, {"T0": OTHERS, "T1": SOME}) == {"T0", "T1"}
    assert teams({"T0": SOME, "": [1]}, {"T0": A_FEW, "T1": OTHERS}) == {"T0"}
