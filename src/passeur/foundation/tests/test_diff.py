"""What changed between two versions can be seen and heard."""

import re

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from passeur.foundation.markdown.diff import diff


def without(tag: str, html: str) -> str:
    """The text that is left when what `tag` marks is taken out."""
    html = re.sub(rf"<{tag}>.*?</{tag}>", "", html, flags=re.DOTALL)
    html = re.sub(r"<(span|b)\b[^>]*>.*?</\1>", "", html, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", "", html)


def test_words_that_came_and_went_are_marked():
    with translation.override("fr"):
        html = diff("Le chat dort.", "Le chien dort bien.")
    assert "<del>" in html
    assert "[retiré\xa0: </span>chat<" in html
    assert "[ajouté\xa0: </span>chien<" in html


def test_markup_in_a_text_stays_text():
    assert "<script>" not in diff("a", "<script>alert(1)</script>")


@given(st.text(alphabet="ab c.\n", max_size=60), st.text(alphabet="ab c.\n", max_size=60))
def test_both_versions_can_be_read_back(before, after):
    html = diff(before, after).replace("<br>\n", "\n")
    assert without("del", html) == after
    assert without("ins", html) == before
