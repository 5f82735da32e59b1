"""Syllables as they are spoken, and how hard a text is."""

import pytest

from passeur.algorithms.measures.readability import Grade, Readability, readability
from passeur.algorithms.measures.syllables import syllables

FRENCH = {
    "nation": 2, "ouvrier": 3, "parlent": 1, "moment": 2, "chantaient": 2, "client": 2, "vient": 1,
    "viennent": 1, "bruit": 1, "brouillard": 2, "théâtre": 2, "réunion": 3, "piano": 2, "crayon": 2,
    "payer": 2, "pays": 2, "œil": 1, "feuille": 1, "travailler": 3, "eau": 1, "août": 1, "naïf": 2,
    "Noël": 2, "que": 1, "qu'il": 1, "d'abord": 2, "quelqu'un": 2, "les": 1, "mangeons": 2,
    "question": 2, "guerre": 1, "fatigué": 3, "paiement": 2, "jouera": 2, "essuyer": 3, "oui": 1,
    "apprentissage": 4, "communauté": 4, "rendez-vous": 3, "créée": 2, "RH": 1, "lieu": 1,
}  # fmt: skip
ENGLISH = {
    "make": 1, "makes": 1, "asked": 1, "wanted": 2, "table": 2, "tables": 2, "boxes": 2, "handled": 2,
    "community": 4, "idea": 3, "people": 2, "create": 2, "real": 1, "radio": 3, "nation": 2, "being": 2,
    "question": 2, "experience": 4, "patient": 2, "friend": 1, "unique": 2, "don't": 1, "basically": 3,
    "sometimes": 2, "everyone": 3, "rhythm": 2, "learner": 2, "self-paced": 2, "beyond": 2, "called": 1,
}  # fmt: skip


@pytest.mark.parametrize(("word", "count"), FRENCH.items())
def test_french_words(word, count):
    assert syllables(word, "fr") == count


@pytest.mark.parametrize(("word", "count"), ENGLISH.items())
def test_english_words(word, count):
    assert syllables(word, "en") == count


def test_kandel_and_moles_by_hand():
    # Le chat dort. | Il rêve d’un jardin: 7 words, 2 sentences, 3 + 5 syllables.
    found = readability("Le chat dort. Il rêve d’un jardin !", "fr")
    assert found is not None
    assert (found.words, found.sentences, found.syllables) == (7, 2, 8)
    assert found.ease == pytest.approx(207 - 1.015 * 3.5 - 73.6 * 8 / 7)


def test_flesch_by_hand():
    # The cat sat on the table (7), and: Nobody moved it (5).
    found = readability("The cat sat on the table. Nobody moved it.", "en")
    assert found is not None
    assert (found.words, found.sentences, found.syllables) == (9, 2, 12)
    assert found.ease == pytest.approx(206.835 - 1.015 * 4.5 - 84.6 * 12 / 9)


def test_points_within_a_number_or_an_ellipsis_and_lines_of_a_list():
    found = readability("Version 3.2 : on attend… encore\npremier point\n\nsecond point", "fr")
    assert found is not None
    assert (found.sentences, found.words) == (4, 8)


def test_nothing_to_read():
    assert readability("… 42 !", "fr") is None


@pytest.mark.parametrize(
    ("ease", "grade"),
    [
        (104.0, Grade.VERY_EASY), (90.0, Grade.VERY_EASY), (89.9, Grade.EASY), (75.0, Grade.RATHER_EASY),
        (60.0, Grade.PLAIN), (55.0, Grade.RATHER_HARD), (30.0, Grade.HARD), (-12.0, Grade.VERY_HARD),
        (-2_000.0, Grade.VERY_HARD),
    ],
)  # fmt: skip
def test_grades_by_their_lower_bound(ease, grade):
    assert Readability(120, 8, 180, ease).grade is grade


def test_administration_reads_harder_than_a_tale():
    tale = "Il était une fois un roi. Il avait une fille. Elle aimait les bois et la mer."
    circular = (
        "Conformément aux dispositions réglementaires susmentionnées, l’administration compétente "
        "procédera ultérieurement à l’établissement des attestations individuelles de participation."
    )
    easy, hard = readability(tale, "fr"), readability(circular, "fr")
    assert easy is not None
    assert hard is not None
    assert easy.grade >= Grade.EASY
    assert hard.grade is Grade.VERY_HARD
    assert not easy.enough
