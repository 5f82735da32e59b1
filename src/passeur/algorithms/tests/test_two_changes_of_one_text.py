"""Merging two changes of one text: nothing is lost, and nothing is decided that people must decide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passeur.algorithms.merging import merge, merge_words, pieces

SENTENCE = st.sampled_from(["Un. ", "Deux ! ", "Trois", "\n", "\n\n", "- point", "```\ncode.x\n```", "Fin."])
TEXT = st.lists(SENTENCE, max_size=12).map("".join)


@given(TEXT)
def test_the_pieces_are_the_text(text):
    assert "".join(pieces(text)) == text


@given(TEXT, TEXT, TEXT)
def test_each_of_the_three_texts_is_there_to_the_letter(base, mine, theirs):
    chunks = merge(base, mine, theirs).chunks
    assert "".join(chunk.base for chunk in chunks) == base
    assert "".join(chunk.mine for chunk in chunks) == mine
    assert "".join(chunk.theirs for chunk in chunks) == theirs


@given(TEXT, TEXT)
def test_who_changed_alone_gets_their_text(base, text):
    assert merge(base, text, base).text == text
    assert merge(base, base, text).text == text


@given(TEXT, TEXT)
def test_the_same_change_twice_is_that_change(base, text):
    assert merge(base, text, text).text == text


@given(TEXT, TEXT, TEXT)
def test_neither_has_precedence(base, mine, theirs):
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert one.text == other.text
    assert [(c.mine, c.theirs) for c in one.clashes] == [(c.theirs, c.mine) for c in other.clashes]


@given(TEXT, TEXT, TEXT)
def test_deciding_for_both_keeps_all_words_of_both(base, mine, theirs):
    decided = merge(base, mine, theirs)
    text = decided.decided(["both"] * len(decided.clashes))
    for clash in decided.clashes:
        assert clash.mine in text
        assert clash.theirs in text


BASE = "La courroie saute. Elle est neuve.\n\nLe galet est usé."


def test_changes_of_two_paragraphs_go_together():
    mine = BASE.replace("usé", "usé d’un côté")
    theirs = BASE.replace("saute", "saute à froid")
    assert (
        merge(BASE, mine, theirs).text
        == "La courroie saute à froid. Elle est neuve.\n\nLe galet est usé d’un côté."
    )


def test_what_both_added_at_two_ends_goes_together():
    assert merge("Milieu.", "Début.\n\nMilieu.", "Milieu.\n\nFin.").text == "Début.\n\nMilieu.\n\nFin."


def test_two_changes_of_one_sentence_are_for_people():
    merged = merge(BASE, BASE.replace("saute", "glisse"), BASE.replace("saute", "claque"))
    (clash,) = merged.clashes
    assert merged.text is None
    assert (clash.mine, clash.theirs) == ("La courroie glisse. ", "La courroie claque. ")
    assert merged.decided(["theirs"]).startswith("La courroie claque. Elle est neuve.")
    assert merged.decided(["mine"]).startswith("La courroie glisse. Elle est neuve.")
    assert merged.decided(["both"]).startswith("La courroie glisse. La courroie claque. Elle")


def test_changing_what_the_other_took_out_is_for_people():
    (clash,) = merge(BASE, BASE.replace("\n\nLe galet est usé.", ""), BASE.replace("usé", "neuf")).clashes
    assert (clash.mine, "neuf" in clash.theirs) == ("", True)


@pytest.mark.parametrize(
    ("mine", "theirs", "text"), [("A", "B", "B"), ("C", "A", "C"), ("C", "C", "C"), ("C", "B", None)]
)
def test_a_title_is_taken_whole(mine, theirs, text):
    assert merge_words("A", mine, theirs).text == text
