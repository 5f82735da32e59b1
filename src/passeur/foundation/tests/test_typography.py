"""French spaces, apostrophes and numbers: where they go, and where nothing may change."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from passeur.foundation.typography import french, french_html, number


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Prêt ?", "Prêt\u202f?"),
        ("Oui ; non !", "Oui\u202f; non\u202f!"),
        ("34 %", "34\u202f%"),
        ("Thème : stocks", "Thème\u00a0: stocks"),
        ("« clôturé »", "«\u00a0clôturé\u00a0»"),
        ("«clôturé»", "«\u00a0clôturé\u00a0»"),
        ("aujourd'hui", "aujourd’hui"),
        ("la suite...", "la suite…"),
        ("7 h 40", "7\u00a0h\u00a040"),
        ("12 min", "12\u00a0min"),
        ("3 briques", "3\u00a0briques"),
        ("en 2025 nous", "en 2025 nous"),
        ("10:30", "10:30"),
        ("a?b", "a?b"),
        ("voir https://exemple.fr/?q=1 : ici", "voir https://exemple.fr/?q=1\u00a0: ici"),
        ("jean.o'neil@exemple.fr", "jean.o'neil@exemple.fr"),
        ("`a : b`", "`a : b`"),
        ("%(n)s réponses : %(x)s %%", "%(n)s réponses\u00a0: %(x)s\u202f%%"),
    ],
)
def test_plain_text_is_written_as_in_a_book(typed, written):
    assert french(typed) == written


def test_html_keeps_its_tags_and_its_code():
    html = "<p title='a : b'>Voici : <code>x : y ?</code> et <b>Prêt</b> ?&nbsp;!</p><pre>a ; b</pre>"
    assert french_html(html) == (
        "<p title='a : b'>Voici\u00a0: <code>x : y ?</code> et <b>Prêt</b>\u202f?&nbsp;!</p><pre>a ; b</pre>"
    )


@given(st.text(max_size=80))
def test_mending_twice_changes_nothing_more(text):
    once = french(text)
    assert french(once) == once


@given(st.text(alphabet=st.characters(exclude_characters="\ue000\ue001"), max_size=80))
def test_no_letter_is_ever_lost(text):
    letters = [c for c in text if c.isalnum()]
    assert [c for c in french_html(text) if c.isalnum()] == letters


@pytest.mark.parametrize(
    ("value", "fr", "en"),
    [
        (1284, "1\u202f284", "1,284"),
        (0.5, "0,5", "0.5"),
        (-3, "−3", "−3"),
        (1234567.25, "1\u202f234\u202f567,2", "1,234,567.2"),
        (4.0, "4", "4"),
    ],
)
def test_numbers_follow_the_language(value, fr, en):
    assert number(value, language="fr") == fr
    assert number(value, language="en") == en


# The rules one after the other, each tried at every place, as a page of grammar would put them.
_PLAIN_RULES = [
    (r"(?<=\w)'(?=\w)|(?<=\b[ldjmtsncLDJMTSNC])'(?=«)", "’"),
    (r"\.{3}", "…"),
    (r"[ \u00a0\u202f]+(?=[;!?%‰])", "\u202f"),
    (r"[ \u00a0\u202f]+(?=:(?![\w/]))", "\u00a0"),
    (r"(?<=«)[ \u00a0\u202f]*(?=\S)", "\u00a0"),
    (r"(?<=\S)[ \u00a0\u202f]*(?=»)", "\u00a0"),
    (r"(?<![\w.,])(?!(?:19|20)\d\d )(\d+(?:[,\u202f]\d+)*) (?=[a-zà-öø-ÿœ€])", "\\1\u00a0"),
    ("(?<=\\d\u00a0h) (?=\\d)", "\u00a0"),
]
_PIECES = st.sampled_from(
    [*" \u00a0\u202f'’.,;:!?%‰«»0129hlLdaàœ_\n\t²١", "...", "19", "2025 ", "12 ", "\u00a0h ", "l'", "d'«"]
)


@given(st.lists(_PIECES, max_size=30).map("".join))
@example("en 2025 nous, 1925 a, 25 a, 2 a, 12 025 a")
@example("l'«abc»» '« «  »")
def test_rules_that_look_for_their_sign_first_write_the_same(text):
    plain = text
    for pattern, replacement in _PLAIN_RULES:
        plain = re.sub(pattern, replacement, plain)
    assert french(text) == plain


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<b>Prêt</b> ?", "<b>Prêt</b>\u202f?"),
        ("Prêt <b>?</b>", "Prêt <b>?</b>"),
        ("<CODE>a ?</code> b ?", "<CODE>a ?</code> b\u202f?"),
        ("a ? <br>", "a\u202f? <br>"),
        ("&amp; ?\ue000", "&amp;\u202f?"),
        ("", ""),
    ],
)
def test_what_is_kept_stays_in_its_place(html, written):
    assert french_html(html) == written
