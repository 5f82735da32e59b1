"""A wait is said as finely as it is counted, and so is the difference of two."""

from __future__ import annotations

import pytest
from django.utils import translation

from passeur.algorithms.measures.survival import kaplan_meier
from passeur.foundation.charts import Unit

from ..queries import measures
from ..queries.definitions import exchanges

MINUTE = 60.0


@pytest.fixture(autouse=True)
def _in_french():
    with translation.override("fr"):
        yield


def tile(before, after):
    """Of forty questions that waited so many minutes each, before and after, evenly around."""
    first, second = (
        kaplan_meier([(middle + place / 100) * MINUTE for place in range(-20, 20)], [True] * 40).median
        for middle in (before, after)
    )
    one = measures.Measure(exchanges.FIRST_REPLY, Unit.DURATION, second, first, "", "plus", "moins")
    (made,) = measures.tiles([one])
    return made


@pytest.mark.parametrize(
    ("before", "after", "words", "difference"),
    [
        (100, 43, "45 min", "1 h de moins"),
        (14 * 60 + 53, 20 * 60 + 38, "20 h 30", "5 h 30 de plus"),
        (20 * 60 + 38, 14 * 60 + 53, "15 h", "5 h 30 de moins"),
        (5, 7 * 24 * 60 + 100, "7 jours", "7 jours de plus"),
    ],
)
def test_a_difference_is_that_of_the_two_as_they_are_said(before, after, words, difference):
    made = tile(before, after)
    assert made.words.replace("\xa0", " ") == words
    assert made.difference.real
    assert made.difference.words.replace("\xa0", " ").startswith(difference)


@pytest.mark.parametrize(("before", "after"), [(3, 9), (20 * 60 + 20, 20 * 60 + 38)])
def test_what_is_less_than_waits_are_known_to_is_called_no_change(before, after):
    made = tile(before, after)
    assert not made.difference.real
    assert made.difference.sentence == ""
    assert made.difference.words.replace("’", "'") == "Pas d'écart net"
