"""What people may type: read as they mean it, refused with a sentence, and never an error."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from passeur.algorithms.words import LANGUAGES

from ..queries.search import NothingToSearch, OnlyExclusions, SearchTooLong, lexemes, parse
from ..queries.search.extracts import extract
from ..queries.search.lexemes import exact_forms, folded_forms, readable, stem_forms, tokens
from ..queries.search.parsing import REFUSALS
from ..queries.search.tsqueries import finding, forms_alone, weighing
from ..queries.search.vectors import LAST_PLACE, Vector


@pytest.mark.parametrize("text", ["", "   ", "?!…", "« »", '""', "-", "*", "\u200b", "’"])
def test_nothing_to_look_for_is_said(text) -> None:
    with pytest.raises(NothingToSearch, match="au moins un mot"):
        parse(text)


@pytest.mark.parametrize("text", ["-stock", "−stock -lot", '-"lot périmé"'])
def test_exclusions_alone_are_refused(text) -> None:
    with pytest.raises(OnlyExclusions, match="à côté"):
        parse(text)


@pytest.mark.parametrize("text", ["mot " * 13, "x" * 201, "stock " * 40])
def test_what_is_too_long_is_said(text) -> None:
    with pytest.raises(SearchTooLong, match="12 mots"):
        parse(text)


def test_twelve_words_are_not_too_many() -> None:
    assert len(parse("un deux trois quatre cinq six sept huit neuf dix onze douze").terms) <= 12


def test_small_words_are_looked_for_when_there_is_nothing_else() -> None:
    assert parse("à la").words == ("à", "la")
    assert parse("à la caisse").words == ("caisse",)


def test_a_dash_between_words_is_no_exclusion() -> None:
    query = parse("vente - retour chariot-élévateur")
    assert not query.excluded
    assert [term.words for term in query.terms] == [("vente",), ("retour",), ("chariot", "élévateur")]


def test_an_unclosed_quote_is_passed_over() -> None:
    assert parse('"lot périmé').words == parse("« lot périmé").words == ("lot", "périmé")


_MARKS = st.sampled_from(
    ["-", "−", '"', "«", "»", "“", "”", "*", "'", "’", "\\", "\0", ":", "&", "|", "!", "(", "<->"]
)
_TYPED = st.lists(st.one_of(_MARKS, st.text(max_size=12), st.just(" "), st.just("É")), max_size=25).map(
    "".join
)


@pytest.mark.django_db
@settings(max_examples=300, deadline=None)
@given(_TYPED, st.booleans())
@example("l'\\'é:* -\"'\"", True)
@example("ﷺ ½ ª\u0345", False)
@example("\ud800x", False)
def test_whatever_is_typed_postgresql_can_read_it(text, typing) -> None:
    try:
        query = parse(text, typing=typing)
    except REFUSALS:
        return
    assert query.terms
    with connection.cursor() as cursor, transaction.atomic():
        for written in (
            finding(query),
            *(weighing(query, f) for f in (exact_forms, folded_forms, stem_forms)),
        ):
            cursor.execute("select %s::tsquery", [written])
    assert "<script" not in extract(f"<script>{text}", query, "fr")


@pytest.mark.django_db
@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=400))
def test_whatever_is_written_can_be_indexed(text) -> None:
    vector = Vector()
    vector.add(tokens(readable(text)), label="B", language="fr", key=7)
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("select %s::tsvector", [str(vector)])


@pytest.mark.django_db
def test_a_conversation_without_end_still_fits_in_a_vector() -> None:
    vector = Vector()
    vector.add(["titre"], label="A", language="fr", key=0)
    vector.add([f"référence{n}" for n in range(120_000)], label="D", language="fr", key=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "select v @@ 'titre:A'::tsquery, length(v) from (select %s::tsvector) as t(v)", [str(vector)]
        )
        has_title, length = cursor.fetchone()
    assert has_title
    assert length > LAST_PLACE


_LETTERS = st.text(st.sampled_from("aeéèinrstçx7+"), min_size=1, max_size=6)


@settings(max_examples=1_000, deadline=None)
@given(_LETTERS, _LETTERS, st.sampled_from(LANGUAGES), st.sampled_from(["", "s", "er", "ée", "ing", "ment"]))
@example("verifie", "vérifié", "fr", "")
@example("c++", "c", "en", "")
def test_a_word_alone_is_found_wherever_it_stands_in_any_of_its_forms(asked, other, language, ending) -> None:
    for written in (asked, asked + ending, other, lexemes.folded(asked)):
        there = set(lexemes.indexed(written, language))
        all_forms = {*folded_forms(asked), *stem_forms(asked)}
        assert bool(there & set(forms_alone(asked))) == bool(there & all_forms)


def test_a_word_without_accents_is_looked_for_by_what_it_stands_for() -> None:
    assert finding(parse("pompe")) == "('~pompe' | 'f/pompe' | 'e/pompe')"
    assert finding(parse("vérifié")).startswith("('verifie' | '~verifie' | 'f/")
    assert "'pompe'" in finding(parse('"pompe manuelle"'))
