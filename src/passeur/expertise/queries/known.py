"""What has to be known of a community before the words of a question are searched, in one statement."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from passeur.algorithms.routing import Weights
from passeur.foundation import arrays, lasting
from passeur.foundation.arrays import array

from ..choices import Text
from .words import SPREAD, StoredIndex, key_of

_KNOWN = f"""
select e.weights::text, e.lessons, array_send(e.totals), e.questions, e.question_words, e.answers,
    e.answer_words, w.kinds, w.terms, w.documents, t.themes
from expertise_evidence e
cross join lateral (
    select array_send(array_agg(kind::bigint)), array_send(array_agg(term)),
        array_send(array_agg(documents::bigint))
    from ({SPREAD}) spread(kind, term, documents)
) w(kinds, terms, documents)
cross join lateral (
    select json_agg(json_build_array(c.theme_id, c.questions, c.last, t.name))::text
    from expertise_themecount c join skills_theme t on t.id = c.theme_id
    where c.theme_id = any(%(themes)s::bigint[])
) t(themes)
where e.community_id = %(community)s::bigint
"""  # noqa: S608 - states and numbers of ours


@dataclass(frozen=True, slots=True)
class ThemeKnown:
    """How many exchanges a theme had, and who gave its last answers, oldest first."""

    questions: int
    last: list[int]
    name: str


@dataclass(frozen=True, slots=True)
class Known:
    """Of a community; `totals` as `Evidence` has them. The indexes are for the words of one question."""

    community: int
    weights: Weights | None
    totals: list[float]
    questions: int
    similar: StoredIndex
    wording: StoredIndex
    themes: dict[int, ThemeKnown]


def known_for(community: int, terms: Mapping[str, float], themes: Collection[int]) -> Known | None:
    """For a question of these words and themes; None where nothing was answered."""
    words = {key_of(term): term for term in terms}
    values = {
        "community": community,
        "kinds": array([Text.QUESTION, Text.ANSWER]),
        "terms": array(words),
        "themes": array(themes),
    }
    rows = lasting.fetched(_KNOWN, values, is_binary=True)
    if not rows:
        return None
    weights, lessons, totals, questions, question_words, answers, answer_words, *spread, told = rows[0]
    if not answers:
        return None
    found: dict[int, dict[str, int]] = {Text.QUESTION: {}, Text.ANSWER: {}}
    for kind, term, documents in zip(*(arrays.column(column).tolist() for column in spread), strict=True):
        found[kind][words[term]] = documents
    return Known(
        community=community,
        weights=_weights(weights, lessons),
        totals=arrays.floats(totals).tolist(),
        questions=questions,
        similar=StoredIndex(Text.QUESTION, questions, question_words, found[Text.QUESTION], terms),
        wording=StoredIndex(Text.ANSWER, answers, answer_words, found[Text.ANSWER], terms),
        themes={theme: ThemeKnown(*counts) for theme, *counts in json.loads(told or "[]")},
    )


@lru_cache(maxsize=256)
def _weights(stored: str, lessons: int) -> Weights | None:
    """What a community has learnt, None where nothing."""
    weights = json.loads(stored)
    return Weights.from_names(weights, lessons) if weights else None
