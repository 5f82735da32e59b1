"""Words a searcher means with one another meet; words that only look alike stay apart."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passeur.algorithms.words import LANGUAGES, Language, stem
from passeur.algorithms.words.lexicon import accented, lemmas

from . import word_pairs as pairs

Pairs = list[tuple[str, str]]


def met(words: Pairs, language: Language) -> Pairs:
    return [(a, b) for a, b in words if stem(a, language) == stem(b, language)]


@pytest.mark.parametrize("sample", [pairs.CASES_MEET, pairs.CORPUS_MEET], ids=["cases", "corpora"])
def test_french_words_of_one_sense_meet(sample: Pairs) -> None:
    missed = set(sample) - set(met(sample, "fr"))
    assert len(missed) <= 0.02 * len(sample), missed


@pytest.mark.parametrize("sample", [pairs.CASES_APART, pairs.CORPUS_APART], ids=["cases", "corpora"])
def test_french_words_of_two_senses_stay_apart(sample: Pairs) -> None:
    assert met(sample, "fr") == []


def test_english_words_of_one_sense_meet_and_others_stay_apart() -> None:
    assert set(pairs.ENGLISH_MEET) == set(met(pairs.ENGLISH_MEET, "en"))
    assert met(pairs.ENGLISH_APART, "en") == []


def test_words_typed_without_accents_meet_as_well() -> None:
    bare = [(_bare(a), _bare(b)) for a, b in pairs.CASES_MEET + pairs.CORPUS_MEET]
    assert len(met(bare, "fr")) >= 0.96 * len(bare)


def test_a_chat_is_not_a_punishment_and_to_answer_is_answered() -> None:
    assert stem("chat", "fr") != stem("châtiment", "fr")
    assert stem("répondu", "fr") == stem("répondre", "fr") == stem("repondu", "fr")


def test_unknown_words_only_lose_their_plural() -> None:
    assert stem("wasmtimes", "en") == "wasmtime"
    assert stem("wasmtime", "fr") == "wasmtime"
    assert stem("loss", "fr") == "loss"


def test_putting_accents_back_gives_up_on_long_words() -> None:
    assert accented("e" * 60, lemmas("fr")) is None


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_any_text_has_a_stem(word: str, language: Language) -> None:
    assert isinstance(stem(word, language), str)


def _bare(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.replace("œ", "oe"))
    return "".join(c for c in plain if not unicodedata.combining(c))
