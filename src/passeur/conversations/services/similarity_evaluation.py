"""`passeur evaluate similar`: how well each adapter finds what people linked, community by community.

The later question of a link looks for the earlier one among all that had been asked before it, with its
title and text. Itself is not there yet, and answers count from when they were given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from passeur.recommendations.protocols import TextVectors
from passeur.recommendations.services.evaluation import (
    EITHER,
    Asked,
    Scores,
    Step,
    measured,
    nothing_kept,
    replay,
)

from ..choices import LinkKind
from ..queries import links

WITH_THEMES = "lexical, themes given"
_BASE = "lexical"


@dataclass(frozen=True, slots=True)
class SimilarReport:
    """The scores of a community, by adapter and kind of link; empty where nothing is linked."""

    community: str
    scores: dict[str, dict[str, Scores]]
    missing: list[str]

    def as_json(self) -> dict[str, Any]:
        """Figures of each adapter, and what it gains over words alone."""
        adapters: dict[str, Any] = {}
        for name, by_kind in self.scores.items():
            adapters[name] = {
                kind: by_kind[kind].figures() for kind in (*LinkKind.values, EITHER) if kind in by_kind
            }
            if name != _BASE and EITHER in by_kind:
                adapters[name]["gain over lexical"] = by_kind[EITHER].gain(self.scores[_BASE][EITHER])
        return {"community": self.community, "adapters": adapters, "missing": self.missing}


def evaluate(
    slug: str,
    *,
    lexical_only: bool = False,
    on_step: Callable[[str, int], None] = lambda name, steps: None,
) -> SimilarReport:
    """Score every adapter that can work here. `on_step` hears of each step, and how many there are."""
    community = links.communities_with_questions()[slug]
    linked = links.linked_questions(community)
    with nothing_kept():
        found, missing = measured(cheap_only=lexical_only)
        if not linked:
            return SimilarReport(slug, {}, missing)
        plain = list(_steps(community, linked, with_themes=False))
        scores = {name: _play(adapter, plain, name, on_step) for name, adapter in found.items()}
        themed = list(_steps(community, linked, with_themes=True))
        scores[WITH_THEMES] = _play(found[_BASE], themed, WITH_THEMES, on_step)
        return SimilarReport(slug, scores, missing)


def _play(
    adapter: TextVectors, steps: Sequence[Step], name: str, on_step: Callable[[str, int], None]
) -> dict[str, Scores]:
    return replay(adapter, steps, lambda: on_step(name, len(steps)))


def _steps(community: int, linked: links.Linked, *, with_themes: bool) -> Iterator[Step]:
    for moment in links.moments(community, linked, with_themes=with_themes):
        if moment.query is not None:
            yield Asked(moment.query, moment.right)
        yield moment.document
