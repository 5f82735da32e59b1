"""Charts: what is drawn stands where its value says, and the table behind says the same in words."""

import re

import pytest
from django.utils import translation

from passeur.foundation import typography
from passeur.foundation.charts import (
    Bars,
    Cell,
    Heat,
    Lines,
    Point,
    Series,
    Unit,
    Web,
    Whisk,
    Whisks,
    say,
    ticks,
)
from passeur.foundation.templatetags.foundation import chart

HOUR = 3600.0


def lines(*values, unit=Unit.SHARE, **more):
    points = tuple(value if isinstance(value, Point) else Point(value) for value in values)
    places = tuple(f"s{n}" for n in range(len(points)))
    return Lines("k", "Titre", "résumé", unit, "Semaine", places, (Series("Ici", points),), **more)


@pytest.mark.parametrize(
    ("value", "unit", "french", "english"),
    [
        (0.344, Unit.SHARE, "34\u202f%", "34%"),
        (1284, Unit.COUNT, "1\u202f284", "1,284"),
        (300, Unit.DURATION, "15\u00a0min", "15\u00a0min"),
        (2 * HOUR + 2400, Unit.DURATION, "2\u00a0h\u00a045", "2\u00a0h 45\u00a0min"),
        (7 * HOUR + 2400, Unit.DURATION, "7\u00a0h\u00a030", "7\u00a0h 30\u00a0min"),
        (25.2 * HOUR, Unit.DURATION, "26\u00a0h", "26\u00a0h"),
        (80 * HOUR, Unit.DURATION, "3\u00a0jours", "3 days"),
        (0.5, Unit.RATIO, "0,50", "0.50"),
        (16.934, Unit.RATIO, "16,9", "16.9"),
        (None, Unit.SHARE, "–", "–"),
    ],
)
def test_a_figure_in_words(value, unit, french, english):
    with translation.override("fr"):
        assert typography.french(say(value, unit)) == french
    with translation.override("en"):
        assert say(value, unit) == english


@pytest.mark.parametrize(
    ("most", "unit", "expected"),
    [
        (0.38, Unit.SHARE, [0, 0.1, 0.2, 0.3, 0.4]),
        (3, Unit.COUNT, [0, 1, 2, 3, 4]),
        (187, Unit.COUNT, [0, 50, 100, 150, 200]),
        (20 * HOUR, Unit.DURATION, [0, 6 * HOUR, 12 * HOUR, 18 * HOUR, 24 * HOUR]),
        (0, Unit.SHARE, [0, 0.25, 0.5, 0.75, 1]),
    ],
)
def test_an_axis_ends_on_a_round_number(most, unit, expected):
    assert ticks(most, unit) == pytest.approx(expected)


def test_a_line_goes_through_its_values_and_breaks_where_there_is_none():
    drawn = lines(0.4, 0.2, None, 0.0).drawn[0]
    assert drawn.path == "M0.0 0.0 L200.0 120.0 M600.0 240.0h0"


def test_an_interval_is_drawn_and_written():
    shown = lines(Point(0.2, 0.1, 0.3), Point(0.2, 0.1, 0.4))
    assert shown.drawn[0].band == "M0.0 60.0 L600.0 0.0 L600.0 180.0 L0.0 180.0Z"
    with translation.override("fr"):
        assert [str(cell) for cell in shown.table.rows[1]] == ["s1", "20 %", "10 % – 40 %"]


def test_the_reference_lies_behind():
    one, two = Series("Ici", (Point(0.1),)), Series("Avant", (Point(0.2),), is_reference=True)
    shown = Lines("k", "T", "r", Unit.SHARE, "S", ("s",), (one, two))
    assert [line.style for line in shown.drawn] == ["ref", "l1"]


def test_bars_are_as_high_as_their_share_of_the_axis():
    places, series = ("a", "b"), (Series("n", (Point(4), Point(2))),)
    shown = Bars("k", "T", "r", Unit.COUNT, "S", places, series)
    assert [(bar.y, bar.height) for bar in shown.drawn] == [(0.0, 240.0), (120.0, 120.0)]


def test_a_square_is_as_strong_as_its_share_and_what_is_withheld_is_a_gap():
    shown = Heat("k", "T", "r", Unit.COUNT, "Jour", ("lun.",), ("0 h", "1 h", "2 h"), ((10, 0, None),))
    assert [(square.x, square.strength) for square in shown.drawn] == [(0, 1.0), (1, 0.0)]
    assert [str(cell) for cell in shown.table.rows[0]] == ["lun.", "10", "0", "–"]


def whisks():
    rows = (
        Whisk("Stocks", Point(6 * HOUR, 4 * HOUR, 9 * HOUR), (Cell("58", 58, "/liste"),)),
        Whisk("Export", Point(None, words="Groupe trop petit"), (Cell("–"),)),
    )
    return Whisks("k", "T", "r", Unit.DURATION, "Thème", "Médiane", rows, ("Questions",), goal=24 * HOUR)


def test_a_whisk_stands_between_its_bounds_and_a_withheld_one_is_not_drawn():
    first, second = whisks().drawn
    assert (first[1].start, first[1].at, first[1].end) == (16.7, 25.0, 37.5)
    assert second[1] is None
    assert second[2] == "Groupe trop petit"
    assert whisks().goal_place == 100.0


def test_a_whisk_without_an_upper_bound_goes_to_the_end_and_says_the_lower_one():
    """As of a median where too many still wait: a value alone would look sure."""
    rows = (Whisk("Stocks", Point(6 * HOUR, 4 * HOUR, None)),)
    shown = Whisks("k", "T", "r", Unit.DURATION, "Thème", "Médiane", rows, goal=24 * HOUR)
    ((_row, stroke, _value, interval, _more),) = shown.drawn
    assert stroke is not None
    assert (stroke.start, stroke.end) == (16.7, 100.0)
    assert interval == str(shown.table.rows[0][2]) == "au moins 4\xa0h"


def web():
    ties = ((25.0, 10.0, 0.0), (10.0, 0.0, 40.0), (0.0, 40.0, 5.0))
    names, more = ("Achats", "Caisse", "Stocks"), ((Cell("+0,10", 0.1),), (Cell("–"),), (Cell("–"),))
    return Web("k", "T", "Caisse et Stocks surtout", "Équipe", names, ties, ("Indice E-I",), more)


def test_a_web_draws_a_line_for_each_two_that_are_tied_the_widest_last():
    shown = web()
    assert [(one.width, one.title) for one in shown.strands] == [
        (3.0, "Achats – Caisse\xa0: 10"), (9.0, "Caisse – Stocks\xa0: 40"),
    ]  # fmt: skip
    assert [knot.radius for knot in shown.knots] == [16.0, 6.0, 10.5]
    assert len({(knot.x, knot.y) for knot in shown.knots}) == 3
    assert [[str(cell) for cell in row] for row in shown.table.rows] == [
        ["Achats", "+0,10", "25", "10", "Caisse\xa0: 10"],
        ["Caisse", "–", "0", "50", "Stocks\xa0: 40, Achats\xa0: 10"],
        ["Stocks", "–", "5", "40", "Caisse\xa0: 40"],
    ]
    sheet = shown.table.sheet
    assert sheet is not None
    assert [str(cell) for cell in sheet.rows[0]] == ["Achats", "+0,10", "25", "10", "0"]
    assert sheet.head == ("Équipe", "Indice E-I", "Achats", "Caisse", "Stocks")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_picture_has_words_a_table_and_no_style_of_its_own(language):
    shown = [
        lines(Point(0.25, 0.2, 0.31), Point(0.1, 0.05, 0.2), goal=0.2, goal_words="Objectif"),
        whisks(),
        web(),
    ]
    with translation.override(language):
        for html in map(chart, shown):
            assert 'role="img" aria-label="' in html
            assert "<table" in html
            assert "style=" not in html
            for path in re.findall(r'\bd="([^"]+)"', html):
                assert "," not in path, "a decimal comma breaks a picture"
