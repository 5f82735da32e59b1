"""Forms, teams and themes of a block beside each other."""

import numpy as np

from ..queries.crossed import Crossed
from ..queries.telling import Decided

PEOPLE = 12
NONE = frozenset[str]()


def wished(*themes: int) -> Decided:
    return Decided(4, (), frozenset(themes), frozenset({0, *themes}), frozenset({"discussion"}), NONE)


def crossed(**within: list[int]) -> Crossed:
    """An exchange of each person, those in each theme (t7: the theme 7) by their places."""
    return Crossed(
        np.arange(PEOPLE),
        np.array(["discussion"] * PEOPLE),
        np.array([""] * PEOPLE),
        {int(name[1:]): np.isin(np.arange(PEOPLE), places) for name, places in within.items()},
        {},
    )


def test_the_smaller_of_two_themes_goes_where_few_are_left_of_the_larger():
    told = crossed(t1=[*range(7)], t2=[*range(5)]).apart(wished(1, 2), None, 5)
    assert told.themes == {1}
    assert told.welcoming == {0, 1}


def test_both_stay_where_enough_are():
    told = crossed(t1=[*range(6)], t2=[*range(6, 12)]).apart(wished(1, 2), None, 5)
    assert told.themes == {1, 2}


def test_a_theme_that_nothing_is_in_by_now_is_not_told():
    """Themes were moved since the weeks were counted."""
    assert crossed(t1=[*range(6)]).apart(wished(1, 9), None, 5).themes == {1}
