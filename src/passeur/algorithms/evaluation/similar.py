"""How well similar questions are found, judged by the links that people made between questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from passeur.algorithms.evaluation.measures import hit, reciprocal_rank

Search = Callable[[int], Sequence[int]]
"""Questions similar to the one with this id, best first, at least ten where there are ten; not itself."""


class LinkKind(StrEnum):
    """What people said of two questions."""

    DUPLICATE = "duplicate"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class Link:
    """People linked `question` to `other`."""

    question: int
    other: int
    kind: LinkKind


@dataclass(frozen=True, slots=True)
class SimilarScores:
    """Means over the `n` questions that have such a link, each in [0, 1]."""

    n: int
    hit_5: float
    hit_10: float
    mrr_10: float

    def as_json(self) -> dict[str, float]:
        """With the customary names."""
        return {"n": self.n, "hit@5": self.hit_5, "hit@10": self.hit_10, "mrr@10": self.mrr_10}


@dataclass(frozen=True, slots=True)
class SimilarReport:
    """Scores of one search on one community, by kind of link and over both."""

    community: str
    search: str
    duplicate: SimilarScores
    related: SimilarScores
    either: SimilarScores

    def as_json(self) -> dict[str, Any]:
        """The object of one community and adapter in `passeur evaluate similar --json`."""
        kinds = {name: getattr(self, name).as_json() for name in ("duplicate", "related", "either")}
        return {"community": self.community, "search": self.search, **kinds}


def evaluate_similar(community: str, name: str, search: Search, links: Iterable[Link]) -> SimilarReport:
    """Search from each linked question, in both directions, and see whether the other one is found.

    Each question is searched once. Links to itself are passed over.
    """
    by_kind: dict[LinkKind, dict[int, set[int]]] = {kind: {} for kind in LinkKind}
    both: dict[int, set[int]] = {}
    for link in links:
        if link.question == link.other:
            continue
        for here, there in ((link.question, link.other), (link.other, link.question)):
            by_kind[link.kind].setdefault(here, set()).add(there)
            both.setdefault(here, set()).add(there)
    found = {question: list(search(question))[:10] for question in sorted(both)}
    return SimilarReport(
        community,
        name,
        duplicate=_scores(found, by_kind[LinkKind.DUPLICATE]),
        related=_scores(found, by_kind[LinkKind.RELATED]),
        either=_scores(found, both),
    )


def _scores(found: dict[int, list[int]], linked: dict[int, set[int]]) -> SimilarScores:
    n = max(1, len(linked))
    pairs = [(found[question], right) for question, right in linked.items()]
    return SimilarScores(
        n=len(linked),
        hit_5=sum(hit(ranked, right, 5) for ranked, right in pairs) / n,
        hit_10=sum(hit(ranked, right, 10) for ranked, right in pairs) / n,
        mrr_10=sum(reciprocal_rank(ranked, right, 10) for ranked, right in pairs) / n,
    )
