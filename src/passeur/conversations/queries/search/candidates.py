"""Which conversations hold the words: all of them, or of usual words those that lived last, and titles.

Words that a fifth of all conversations hold would have each of them fetched, to see who may read it and when
it lived. So what a search can find is counted in one week first: where that says that there are few in all,
all are found, else those of as many of the latest weeks as hold enough, and besides those whose title has
all of the words: of all time, or where these are many too, of as many of the latest weeks as hold enough.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import IntegerField, Q, QuerySet
from django.db.models.expressions import Expression, RawSQL

from passeur.foundation.prepared import Asked, Prepared, Question, prepared
from passeur.foundation.reading import Said

from ... import policies
from ...models import Conversation, SearchDocument
from ...models.search import WEEK, Spans, SpansOfTitle, TitleOf, spans
from .parsing import Query
from .tsqueries import Lexemes, finding

MANY = 10_000
"""From how many on, as far as one week tells, not all are found."""
ENOUGH = 1_000
"""How many are found then, more or less."""
MANY_TITLES = 2_000
"""From how many titles on with all of the words not all of these are found."""
ENOUGH_TITLES = 1_000
"""How many of them are found then, more or less."""
PROBED = 1
"""The week that tells how usual the words are is so many before the last one, which may have just begun."""
UNKNOWN = 0
"""The week of a document that does not know it: always looked at."""

_WEEK = "(SELECT floor(extract(epoch FROM {}(last_activity_at)) / {})::int FROM conversations_conversation)"
_FIRST, _LAST = _WEEK.format("min", WEEK), _WEEK.format("max", WEEK)
_PROBED = f"ARRAY[{_LAST} - {PROBED}]"


@dataclass(frozen=True, slots=True)
class Lately:
    """Where to look for usual words: in texts of these weeks, and in titles of those; None for all titles."""

    weeks: list[int]
    titled: list[int] | None


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a search can find: key, last activity and title of each, of all time or lately.

    `probed` is what of it lived last in the week that is probed, `titled` those of them whose title has all
    of the words.
    """

    ever: Callable[[], Question]
    lately: Callable[[Lately], Question]
    probed: Question
    titled: Question

    def probe(self) -> Question:
        """How many of them lived last in the week that is probed; the first and the last week of all."""
        counts = ", ".join(f"(SELECT count(*) FROM ({one.sql}) one)" for one in (self.probed, self.titled))  # noqa: S608 - Django's own SQL
        given = (*self.probed.given, *self.titled.given)
        return Question(f"SELECT {counts}, {_FIRST}, {_LAST}", given, ("found", "titled", "first", "last"))

    def asked(self, where: Lately | None) -> Question:
        """Those there, or all."""
        return self.ever() if where is None else self.lately(where)


@dataclass(frozen=True, slots=True)
class _Probe:
    found: int
    titled: int
    first: int | None
    last: int | None


def where(said: Said, name: str, query: Query) -> Lately | None:
    """Where to look after what the probe of that name said; None for everywhere.

    With an excluded word titles are those of the weeks only: it may stand in any text below a title.
    """
    probe = said.row(name, _Probe)
    if probe is None or probe.first is None or probe.last is None:
        return None
    first, last = probe.first, probe.last
    since = _since(probe.found, MANY, ENOUGH, first, last)
    if since is None:
        return None
    titled = since if query.excluded else _since(probe.titled, MANY_TITLES, ENOUGH_TITLES, first, last)
    titles = None if titled is None else _weeks(titled, last) if titled < since else []
    return Lately(_weeks(since, last), titles)


def _since(in_a_week: int, many: int, enough: int, first: int, last: int) -> int | None:
    """From which week on there are enough; None where there are no more than many, or all are needed."""
    if in_a_week * (last - first + 1) <= many:
        return None
    lowest = last - ceil(enough / in_a_week)
    return None if lowest <= first else lowest


def _weeks(since: int, last: int) -> list[int]:
    return [UNKNOWN, *spans(since, last)]


def matching(rows: QuerySet[Conversation], query: Query) -> QuerySet[Conversation]:
    """Those of `rows` that hold what the query asks for."""
    return rows.filter(document__words=Lexemes(finding(query)))


def among(rows: QuerySet[Conversation], query: Query) -> Candidates:
    """Those of `rows` that match."""
    words = finding(query)

    def asked(documents: Any) -> Question:
        found = _found(rows, documents)
        return Prepared(lambda: found).asked()

    def lately(where: Lately) -> Question:
        if where.titled is None:
            return asked(_of_weeks_or_titled(words, where.weeks))
        return asked(_of_weeks(words, where.weeks, where.titled))

    return Candidates(
        lambda: asked(_with(words)),
        lately,
        asked(_probed(words)),
        asked(_probed_titles(words)),
    )


def standing_in(communities: list[int], query: Query) -> Candidates:
    """Those that stand in these communities, which whoever asks may read."""
    given = {"communities": communities, "words": finding(query)}

    def lately(where: Lately) -> Question:
        if where.titled is None:
            return _weeks_or_titled_in.asked(weeks=where.weeks, **given)
        return _weeks_in.asked(weeks=where.weeks, titled=where.titled, **given)

    return Candidates(
        lambda: _ever_in.asked(**given), lately, _probed_in.asked(**given), _titled_in.asked(**given)
    )


@prepared
def _ever_in(communities: Asked, words: Asked) -> QuerySet[Conversation, Any]:
    return _found(_readable(communities), _with(words))


@prepared
def _weeks_in(communities: Asked, words: Asked, weeks: Asked, titled: Asked) -> QuerySet[Conversation, Any]:
    return _found(_readable(communities), _of_weeks(words, weeks, titled))


@prepared
def _weeks_or_titled_in(communities: Asked, words: Asked, weeks: Asked) -> QuerySet[Conversation, Any]:
    return _found(_readable(communities), _of_weeks_or_titled(words, weeks))


@prepared
def _probed_in(communities: Asked, words: Asked) -> QuerySet[Conversation, Any]:
    return _found(_readable(communities), _probed(words))


@prepared
def _titled_in(communities: Asked, words: Asked) -> QuerySet[Conversation, Any]:
    return _found(_readable(communities), _probed_titles(words))


def _readable(communities: Asked) -> QuerySet[Conversation]:
    return Conversation.objects.filter(policies.in_communities(communities))


def _found(rows: QuerySet[Conversation], documents: Any) -> QuerySet[Conversation, Any]:
    # As an array, in the order of keys: one by one, each would go down the index from its root.
    found = rows.filter(pk__among=ArraySubquery(documents.values("pk"))).order_by()
    return found.values("pk", "last_activity_at", "title")


def _documents() -> Any:  # with columns that the model does not have
    return SearchDocument.objects.annotate(
        spans=Spans("week"), title_words=TitleOf("words"), spans_of_title=SpansOfTitle("week")
    ).order_by()


def _with(words: Asked) -> Any:
    return _documents().filter(words=Lexemes(words))


def _probed(words: Asked) -> Any:
    return _with(words).filter(spans__overlap=_probed_week())


def _probed_titles(words: Asked) -> Any:
    return _documents().filter(title_words=Lexemes(words), spans_of_title__overlap=_probed_week())


def _of_weeks(words: Asked, weeks: Asked, titled: Asked) -> Any:
    return _documents().filter(
        Q(words=Lexemes(words), spans__overlap=weeks)
        | Q(title_words=Lexemes(words), spans_of_title__overlap=titled)
    )


def _of_weeks_or_titled(words: Asked, weeks: Asked) -> Any:
    return _documents().filter(Q(words=Lexemes(words), spans__overlap=weeks) | Q(title_words=Lexemes(words)))


def _probed_week() -> Expression:
    return RawSQL(_PROBED, (), output_field=ArrayField(IntegerField()))  # noqa: S611 - our own numbers
