"""Which conversations hold the words: all of them, or of usual words those that lived last.

Words that a fifth of all conversations hold would have each of them fetched, to see who may read it and when
it lived. So what a search can find is counted in one week first: where that says that there are few in all,
all are found, else those of as many of the latest weeks as hold enough.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import IntegerField, QuerySet
from django.db.models.expressions import Expression, RawSQL

from passeur.foundation.prepared import Asked, Prepared, Question, prepared
from passeur.foundation.reading import Said

from ... import policies
from ...models import Conversation, SearchDocument
from ...models.search import WEEK, Spans, spans
from .parsing import Query
from .tsqueries import Lexemes, finding

MANY = 10_000
"""From how many on, as far as one week tells, not all are found."""
ENOUGH = 3_000
"""How many are found then, more or less."""
PROBED = 1
"""The week that tells how usual the words are is so many before the last one, which may have just begun."""
UNKNOWN = 0
"""The week of a document that does not know it: always looked at."""

_WEEK = "(SELECT floor(extract(epoch FROM {}(last_activity_at)) / {})::int FROM conversations_conversation)"
_FIRST, _LAST = _WEEK.format("min", WEEK), _WEEK.format("max", WEEK)
_PROBED = f"ARRAY[{_LAST} - {PROBED}]"


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a search can find: key, last activity and title of each, of all time or of some weeks."""

    ever: Callable[[], Question]
    within: Callable[[list[int]], Question]
    probed: Question

    def probe(self) -> Question:
        """How many of them lived last in the week that is probed; the first and the last week of all."""
        sql = f"SELECT count(*), {_FIRST}, {_LAST} FROM ({self.probed.sql}) probed"  # noqa: S608 - Django's own SQL
        return Question(sql, self.probed.given, ("found", "first", "last"))

    def asked(self, weeks: list[int] | None) -> Question:
        """Those of these weeks, or all."""
        return self.ever() if weeks is None else self.within(weeks)


@dataclass(frozen=True, slots=True)
class _Probe:
    found: int
    first: int | None
    last: int | None


def weeks(said: Said, name: str) -> list[int] | None:
    """The weeks to look at after what the probe of that name said; None for all."""
    probe = said.row(name, _Probe)
    if probe is None or probe.first is None or probe.last is None:
        return None
    if probe.found * (probe.last - probe.first + 1) <= MANY:
        return None
    lowest = probe.last - ceil(ENOUGH / probe.found)
    return None if lowest <= probe.first else [UNKNOWN, *spans(lowest, probe.last)]


def matching(rows: QuerySet[Conversation], query: Query) -> QuerySet[Conversation]:
    """Those of `rows` that hold what the query asks for."""
    return rows.filter(document__words=Lexemes(finding(query)))


def among(rows: QuerySet[Conversation], query: Query) -> Candidates:
    """Those of `rows` that match."""
    words = finding(query)

    def asked(weeks: Any) -> Question:
        found = _found(rows, words, weeks)
        return Prepared(lambda: found).asked()

    return Candidates(lambda: asked(None), asked, asked(_probed_weeks()))


def standing_in(communities: list[int], query: Query) -> Candidates:
    """Those that stand in these communities, which whoever asks may read."""
    given = {"communities": communities, "words": finding(query)}
    return Candidates(
        lambda: _ever_in.asked(**given),
        lambda weeks: _within_in.asked(weeks=weeks, **given),
        _probed_in.asked(**given),
    )


@prepared
def _ever_in(communities: Asked, words: Asked) -> QuerySet[Conversation, Any]:
    return _found(_readable(communities), words, None)


@prepared
def _within_in(communities: Asked, words: Asked, weeks: Asked) -> QuerySet[Conversation, Any]:
    return _found(_readable(communities), words, weeks)


@prepared
def _probed_in(communities: Asked, words: Asked) -> QuerySet[Conversation, Any]:
    return _found(_readable(communities), words, _probed_weeks())


def _readable(communities: Asked) -> QuerySet[Conversation]:
    return Conversation.objects.filter(policies.in_communities(communities))


def _found(rows: QuerySet[Conversation], words: Asked, weeks: Any) -> QuerySet[Conversation, Any]:
    documents = SearchDocument.objects.filter(words=Lexemes(words)).order_by()
    if weeks is not None:
        documents = documents.annotate(spans=Spans("week")).filter(spans__overlap=weeks)
    # As an array, in the order of keys: one by one, each would go down the index from its root.
    found = rows.filter(pk__among=ArraySubquery(documents.values("pk"))).order_by()
    return found.values("pk", "last_activity_at", "title")


def _probed_weeks() -> Expression:
    return RawSQL(_PROBED, (), output_field=ArrayField(IntegerField()))  # noqa: S611 - our own numbers
