"""Headings of a text fit into the page around it."""

import pytest

from passeur.foundation.headings import fitted


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h4>A</h4><h6>B</h6><h4>C</h4>", "<h2>A</h2><h3>B</h3><h2>C</h2>"),
        ("<h5>A</h5><h3>B</h3><h4>C</h4>", "<h2>A</h2><h2>B</h2><h3>C</h3>"),
        ("<h3>A</h3><p>x</p>", "<h2>A</h2><p>x</p>"),
        ("<p>x</p>", "<p>x</p>"),
    ],
)
def test_the_first_level_is_given_and_none_is_skipped(html, expected):
    assert fitted(html) == expected
