"""The past played again: what an adapter found when it was asked."""

import pytest

from .. import adapters
from ..models import LexicalDocument
from ..protocols import Close, Query
from ..services.evaluation import Asked, Step, replay
from .factories import document

pytestmark = pytest.mark.django_db


def asked(title: str, **right: set[int]) -> Asked:
    return Asked(Query("question", 1, title), {kind: frozenset(ids) for kind, ids in right.items()})


def test_what_was_written_later_is_not_seen():
    steps: list[Step] = [
        document(1, "Doublons de stocks"),
        asked("doublons", duplicate={2}),
        document(2, "Doublons"),
    ]
    assert replay(adapters.alone("lexical"), steps)["duplicate"].hit_10 == (0.0,)
    steps = [document(1, "Doublons de stocks"), document(2, "Doublons"), asked("doublons", duplicate={2})]
    assert replay(adapters.alone("lexical"), steps)["duplicate"].hit_10 == (1.0,)


def test_the_document_is_as_it_was_when_the_question_came():
    steps: list[Step] = [
        document(1, "Doublons"),
        asked("badges", related={1}),
        document(1, "Badges"),
        asked("badges", related={1}),
    ]
    assert replay(adapters.alone("lexical"), steps)["related"].mrr_10 == (0.0, 1.0)


def test_kinds_of_links_are_scored_apart_and_together():
    steps: list[Step] = [
        document(1, "Doublons de stocks"),
        document(2, "Doublons de fichiers clients et de fournisseurs"),
        asked("Doublons de stocks", related={2}, duplicate=set()),
    ]
    scores = replay(adapters.alone("lexical"), steps)
    assert set(scores) == {"related", "either"}
    assert scores["related"].mrr_10 == scores["either"].mrr_10 == (0.5,)


def test_figures_are_means_with_intervals_around_them():
    class Always:
        name = "always"

        def index(self, documents):
            """Nothing to keep."""

        def forget(self, kind, ids):
            """Nothing to forget."""

        def closest(self, query, limit):
            return [Close(n, 1 / n, False) for n in range(1, limit + 1)]

    steps: list[Step] = [
        asked("a", related={1}),
        asked("b", related={6}),
        asked("c", related={11}),
        asked("d", related={2}),
    ]
    figures = replay(Always(), steps)["related"].figures()
    assert (figures["n"], figures["hit@5"], figures["hit@10"]) == (4, 0.5, 0.75)
    assert figures["mrr@10"] == pytest.approx((1 + 1 / 6 + 0 + 1 / 2) / 4)
    low, high = figures["mrr@10 interval"]
    assert low < figures["mrr@10"] < high


def test_nothing_of_it_stays():
    steps: list[Step] = [document(1, "Doublons"), asked("doublons", related={1})]
    replay(adapters.alone("lexical"), steps)
    assert not LexicalDocument.objects.exists()
