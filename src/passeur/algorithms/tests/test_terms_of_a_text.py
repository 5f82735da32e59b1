"""Terms fold accents and inflections in French and English, and keep the names of things whole."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passeur.algorithms.text import folded, language_of, tokens, weighted_terms


def test_accents_case_and_ligatures_fold():
    assert folded("Cœur ÉLEVÉ") == "coeur eleve"


@pytest.mark.parametrize(
    ("one", "other"),
    [("les requêtes", "la requête"), ("the queries", "a query"), ("je répondrai", "nous avons répondu")],
)
def test_inflections_meet(one, other):
    assert tokens(one) == tokens(other) != []


def test_stop_words_of_both_languages_say_nothing():
    assert tokens("Comment est-ce que the and of ?") == ["est-ce"]


def test_a_compound_gives_itself_and_its_parts():
    assert tokens("wit-bindgen")[0] == "wit-bindgen"
    assert len(tokens("wit-bindgen")) == 3


def test_the_language_is_read_from_function_words():
    assert language_of(["le", "chat", "est", "dans"]) == "fr"
    assert language_of(["the", "cat", "is"]) == "en"
    assert language_of(["wasm"]) == "en"


def test_a_word_of_the_title_counts_three_times():
    assert weighted_terms("Join", "join table") == {"join": 4.0, "table": 1.0}


@given(st.text())
def test_folding_looks_at_each_letter_alone(text):
    spelt_out = text.casefold().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    decomposed = unicodedata.normalize("NFKD", spelt_out)
    assert folded(text) == "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def test_a_compound_gives_the_same_terms_when_it_comes_again_in_another_language():
    assert tokens("les maisons-mères", "fr") == tokens("les maisons-mères", "fr")
    assert tokens("porte-parole", "en") != tokens("porte-paroles", "fr")
