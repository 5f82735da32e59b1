"""The search for similar questions: BM25 by hand, and its scoring by the links that people made."""

import math

import pytest

from passeur.algorithms.evaluation.similar import Link, LinkKind, evaluate_similar
from passeur.algorithms.term_index import TermIndex


def test_bm25_worked_by_hand():
    # Two documents of length 2 and 4, mean 3; "join" is in the first only, once.
    index = TermIndex(k1=1.2, b=0.5)
    index.add(1, {"join": 1, "table": 1})
    index.add(2, {"table": 4})
    idf = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    norm = 1.2 * (1 - 0.5 + 0.5 * 2 / 3)
    ((found, score),) = index.search({"join": 1.0})
    assert found == 1
    assert score == pytest.approx(idf * 2.2 / (1 + norm))


def test_the_rarer_word_decides():
    index = TermIndex()
    for number in range(1, 10):
        index.add(number, {"table": 1, "row": 1})
    index.add(10, {"join": 1, "row": 1})
    index.add(11, {"table": 1, "cell": 1})
    assert index.search({"join": 1.0, "table": 1.0}, limit=1)[0][0] == 10


def test_ties_go_to_the_older_and_unrelated_texts_are_not_found():
    index = TermIndex()
    for number in (5, 3, 8):
        index.add(number, {"join": 1})
    index.add(9, {"pivot": 1})
    assert [number for number, _ in index.search({"join": 1.0}, limit=2)] == [5, 3]
    assert len(index.search({"join": 1.0})) == 3
    assert index.search({"unknown": 1.0}) == []
    assert TermIndex().search({"join": 1.0}) == []


def test_no_score_exceeds_the_ceiling():
    index = TermIndex()
    index.add(1, {"join": 50, "row": 50})
    query = {"join": 2.0, "row": 1.0, "absent": 1.0}
    assert 0 < index.search(query)[0][1] < index.ceiling(query)


def test_links_are_searched_from_both_ends():
    links = [Link(1, 2, LinkKind.DUPLICATE), Link(1, 3, LinkKind.RELATED), Link(4, 4, LinkKind.RELATED)]
    answers = {1: [9, 2, 3], 2: [1], 3: [9, 8, 7, 6, 5, 1]}
    result = evaluate_similar("place", "by hand", answers.__getitem__, links)
    assert (result.duplicate.n, result.related.n, result.either.n) == (2, 2, 3)
    assert result.duplicate.mrr_10 == pytest.approx((1 / 2 + 1) / 2)
    assert result.related.mrr_10 == pytest.approx((1 / 3 + 1 / 6) / 2)
    assert (result.related.hit_5, result.related.hit_10) == (0.5, 1.0)
    assert result.either.mrr_10 == pytest.approx((1 / 2 + 1 + 1 / 6) / 3)
    assert set(result.as_json()) == {"community", "search", "duplicate", "related", "either"}


def test_no_links_no_figures():
    assert evaluate_similar("place", "none", lambda _: [], []).either.n == 0
