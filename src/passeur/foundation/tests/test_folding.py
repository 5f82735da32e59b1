"""Folding means the same in Python and in PostgreSQL."""

import unicodedata

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from passeur.foundation.text import fold, fold_name

assigned = st.characters(exclude_categories=["Cs", "Cn", "Co"], exclude_characters="\x00")


def in_sql(*texts: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select array_agg(passeur_fold(t) order by n) from unnest(%s::text[]) with ordinality u(t, n)",
            [list(texts)],
        )
        return list(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Été", "ete"),
        ("Œuvre", "oeuvre"),
        ("cæsium", "caesium"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Paweł", "pawel"),
        ("Ștefănescu", "stefanescu"),
        ("Øresund", "oresund"),
        ("L’Étang", "l'etang"),
        ("ﬁchier", "fichier"),
        ("co\u00adopérer", "cooperer"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("Ёлка", "елка"),
    ],
)
@pytest.mark.django_db
def test_case_accents_and_ligatures_do_not_count(text, folded):
    assert fold(text) == folded
    assert in_sql(text) == [folded]


@given(st.text(assigned, max_size=200))
def test_folding_again_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.django_db
def test_every_letter_of_europe_folds_alike_in_python_and_in_postgresql():
    letters = [
        chr(code)
        for code in [*range(1, 0x590), *range(0x1E00, 0x2200), *range(0xFB00, 0xFB07)]
        if unicodedata.category(chr(code)) not in {"Cn", "Cs"}
    ]
    assert in_sql(*letters) == [fold(letter) for letter in letters]


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(assigned, max_size=80), min_size=1, max_size=20))
def test_any_text_folds_alike_in_python_and_in_postgresql(texts):
    assert in_sql(*texts) == [fold(text) for text in texts]


def test_names_are_the_same_whatever_the_spaces_between_their_words():
    assert fold_name("  Codes\u00a0 Article ") == "codes article"


@pytest.mark.django_db
def test_the_function_can_stand_in_an_index():
    with connection.cursor() as cursor:
        cursor.execute(
            "select provolatile, proparallel, proisstrict from pg_proc where proname = 'passeur_fold'"
        )
        assert cursor.fetchone() == ("i", "s", True)
