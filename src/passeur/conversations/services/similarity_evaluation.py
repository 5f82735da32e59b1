"""`passeur evaluate similar`: how well each adapter finds what people linked, community by community.

The later question of a link looks for the earlier one among all that had been asked before it, with its
title and text. Itself is not there yet, and answers count from when they were given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from passeur.recommendations.services.evaluation import EITHER, Asked, Scores, Step, measured, replay

from ..choices import LinkKind
from ..queries import links

if TYPE_CHECKING:
    from passeur.communities.models import Community

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
    community: Community,
    *,
    lexical_only: bool = False,
    on_step: Callable[[str, int], None] = lambda name, steps: None,
) -> SimilarReport:
    """Score every adapter that can work here. `on_step` hears of each step, and how many there are."""
    linked = links.linked_questions(community)
    found, missing = measured(cheap_only=lexical_only)
    if not linked:
        return SimilarReport(community.slug, {}, missing)
    scores = {}
    plain = list(_steps(community, linked, with_themes=False))
    for name, adapter in found.items():
        scores[name] = replay(adapter, plain, lambda name=name: on_step(name, len(plain)))
    themed = list(_steps(community, linked, with_themes=True))
    scores[WITH_THEMES] = replay(found[_BASE], themed, lambda: on_step(WITH_THEMES, len(themed)))
    return SimilarReport(community.slug, scores, missing)


def _steps(community: Community, linked: links.Linked, *, with_themes: bool) -> Iterator[Step]:
    for moment in links.moments(community, linked, with_themes=with_themes):
        if moment.query is not None:
            yield Asked(moment.query, moment.right)
        yield moment.document
