"""Reasons as sentences: names keep their letters, and what has no title any more is not quoted."""

import pytest
from django.utils import translation

from passeur.expertise.queries.reasons import declared, in_words, joined

NAMED = {"kind": "named", "by": "iris de Wit"}
ANSWERED = {"kind": "theme_answers", "count": 2, "theme": "PostgreSQL"}
CLOSE = {"kind": "similar_answers", "count": 2, "question": "Un index ?", "question_id": 7}


def test_within_a_sentence_our_words_lose_their_capital_and_names_keep_theirs():
    told = joined([in_words(ANSWERED), in_words(NAMED | {"by": "Éva Roux"}), in_words(declared(1, "SQL"))])
    assert told == (
        "A répondu dans 2 échanges sur « PostgreSQL » ; Éva Roux a donné son nom ; "
        "dit pouvoir aider sur « SQL »."
    ).replace("« ", "«\xa0").replace(" »", "\xa0»")


def test_a_person_named_first_begins_the_sentence():
    assert joined([in_words(NAMED), in_words(ANSWERED)]).startswith("Iris de Wit a donné son nom")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_exchange_without_a_title_is_not_quoted(language):
    with translation.override(language):
        assert "Un index" in in_words(CLOSE)
        for to_them in (False, True):
            told = in_words(CLOSE | {"question": ""}, to_them=to_them)
            assert "2" in told
            assert not set(told) & set("«“")
