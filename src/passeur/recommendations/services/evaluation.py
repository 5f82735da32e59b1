"""How well similar texts are found, judged by what people linked: each adapter plays the past again.

Nothing after a question is seen: when it is asked, the index holds what had been written before it, and
the counts behind the rarity of a word are of that moment. All of it happens under a kind of its own, in a
transaction that is rolled back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from passeur.algorithms.evaluation.measures import Interval, hit, paired_difference, reciprocal_rank

from .. import adapters
from ..errors import EndpointFailed, EndpointUnset, NotReady
from ..protocols import Document, Embedder, Query, TextVectors

KIND = "evaluation"
EITHER = "either"
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and by kind of link the earlier documents that people found close to it."""

    query: Query
    right: Mapping[str, frozenset[int]]


Step = Document | Asked
"""What happened next: a document as it was from then on, or a question."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Of each question with a link of a kind, in order: was it found, and how high."""

    hit_5: tuple[float, ...]
    hit_10: tuple[float, ...]
    mrr_10: tuple[float, ...]

    def figures(self) -> dict[str, Any]:
        """Means in [0, 1] with their 95% bootstrap intervals."""
        n = len(self.hit_5)
        named = {"hit@5": self.hit_5, "hit@10": self.hit_10, "mrr@10": self.mrr_10}
        told: dict[str, Any] = {"n": n}
        for name, values in named.items():
            mean = paired_difference(values, [0.0] * n)
            told[name] = mean.difference
            told[f"{name} interval"] = [mean.low, mean.high]
        return told

    def gain(self, over: Scores) -> dict[str, Any]:
        """The difference in MRR@10 to another adapter, question by question, with its interval."""
        found: Interval = paired_difference(self.mrr_10, over.mrr_10)
        return {"mrr@10": found.difference, "interval": [found.low, found.high]}


@contextmanager
def nothing_kept() -> Iterator[None]:
    """A transaction of which nothing stays, tables made for it included."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def measured(*, cheap_only: bool = False) -> tuple[dict[str, TextVectors], list[str]]:
    """The adapters that can work here, each alone and with words, and a sentence for each that cannot.

    With `cheap_only`, words alone. Call it inside `nothing_kept`: it makes what an adapter needs.
    """
    found: dict[str, TextVectors] = {"lexical": adapters.alone("lexical")}
    missing = []
    for name in () if cheap_only else adapters.NAMES[1:]:
        vectors = adapters.vectors(name, around=Remembering)
        try:
            with transaction.atomic():
                vectors.prepare()
        except EndpointUnset:
            continue  # off by default: not a lack
        except (NotReady, EndpointFailed) as error:
            missing.append(str(error))
            continue
        found[name] = vectors
        found[f"lexical+{name}"] = adapters.Fused(adapters.alone("lexical"), vectors)
    return found, missing


def replay(
    adapter: TextVectors, steps: Iterable[Step], on_step: Callable[[], None] = lambda: None
) -> dict[str, Scores]:
    """Play the steps, in order of time, and score what `adapter` finds; by kind of link, and for either."""
    outcomes: dict[str, list[tuple[float, float, float]]] = {}
    waiting: dict[int, Document] = {}
    with nothing_kept():
        for step in steps:
            on_step()
            if isinstance(step, Document):
                waiting[step.object_id] = replace(step, kind=KIND)
                continue
            adapter.index(list(waiting.values()))
            waiting.clear()
            found = [close.object_id for close in adapter.closest(replace(step.query, kind=KIND), DEPTH)]
            _note(outcomes, found, step.right)
    return {kind: Scores(*map(tuple, zip(*rows, strict=True))) for kind, rows in outcomes.items()}


def _note(
    outcomes: dict[str, list[tuple[float, float, float]]],
    found: Sequence[int],
    right: Mapping[str, frozenset[int]],
) -> None:
    either = frozenset().union(*right.values())
    for kind, targets in {**right, EITHER: either}.items():
        if targets:
            row = hit(found, targets, 5), hit(found, targets, 10), reciprocal_rank(found, targets, 10)
            outcomes.setdefault(kind, []).append(row)


class Remembering:
    """An embedder that computes the vector of a text once: the adapters of an evaluation share it."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self.very_close = embedder.name, embedder.very_close
        self._embedder = embedder
        self._passages: dict[str, list[float]] = {}
        self._queries: dict[str, list[float]] = {}

    def dimensions(self) -> int:
        return self._embedder.dimensions()

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        new = [text for text in texts if text not in self._passages]
        if new:
            self._passages.update(zip(new, self._embedder.passages(new), strict=True))
        return [self._passages[text] for text in texts]

    def query(self, text: str) -> list[float]:
        if text not in self._queries:
            self._queries[text] = self._embedder.query(text)
        return self._queries[text]
