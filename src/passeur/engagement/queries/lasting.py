"""What lasts in a slice: how much of it was looked at within its time, how fresh it is, how it reads.

All of it is read from counts by week, behind the guard: enough people wrote what is counted, and what it
stands beside (decision 62).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from passeur.algorithms.measures import knowledge
from passeur.algorithms.measures.estimates import Share
from passeur.algorithms.measures.knowledge import Resource
from passeur.algorithms.measures.readability import Readability, of_counts
from passeur.algorithms.words import Language

from ..choices import Lasts, Withholding
from ..models import Lasting
from .guarding import Withheld
from .network import rounded
from .slices import DAY, Slice, blocks_of

OUTDATED = 0
"""The key of texts of which it was said that they no longer hold."""
FRENCH, ENGLISH = 0, 1
NAMES: tuple[Language, Language] = ("fr", "en")
_EPOCH = dt.date(1970, 1, 1)
_LOOKED_AT = 200
"""Texts, by week and author, that are looked at for whether enough people wrote them."""
_STANDING = """
SELECT community, key, sum(n)::int FROM engagement_lastingcell
 WHERE community = ANY(%(open)s) AND theme = %(theme)s AND what = %(texts)s AND week <= %(last)s
 GROUP BY 1, 2 HAVING sum(n) <> 0
"""
_MET = """
SELECT sum(c.n) FILTER (WHERE c.key > 0 AND c.key > c.week - date '1970-01-01' - g.days)::int, sum(c.n)::int
  FROM unnest(%(communities)s::int[], %(days)s::int[], %(first)s::date[], %(last)s::date[])
       AS g (community, days, first, last)
  JOIN engagement_lastingcell c ON c.community = g.community AND c.week BETWEEN g.first AND g.last
 WHERE c.theme = %(theme)s AND c.what = %(met)s
 GROUP BY g.community, g.first
"""
_READ = """
SELECT c.key, sum(c.n)::int
  FROM unnest(%(communities)s::int[], %(first)s::date[], %(last)s::date[]) AS g (community, first, last)
  JOIN engagement_lastingcell c ON c.community = g.community AND c.week BETWEEN g.first AND g.last
 WHERE c.theme = %(theme)s AND c.what = %(read)s
 GROUP BY 1
"""
# Of a part of a community in some weeks, how many wrote in it, and how many beside it in what it is part of.
# Both go backwards along the key until enough was seen. What is beside is asked row by row: for a join, all
# of history is read.
_WROTE = """
SELECT g.community, g.first, g.last, h.people, b.people
  FROM unnest(%(communities)s::int[], %(first)s::date[], %(last)s::date[]) AS g (community, first, last)
 CROSS JOIN LATERAL (
    SELECT count(DISTINCT key) AS people FROM (
        SELECT key FROM engagement_lastingcell
         WHERE community = g.community AND theme = %(theme)s AND what = %(by)s
           AND week BETWEEN g.first AND g.last
         ORDER BY week DESC, key DESC LIMIT %(most)s
    ) x
 ) h
 CROSS JOIN LATERAL (
    SELECT array_agg((
        SELECT count(DISTINCT key) FROM (
            SELECT w.key FROM engagement_lastingcell w
             WHERE w.community = g.community AND w.theme = a.theme AND w.what = %(by)s
               AND w.week BETWEEN g.first AND g.last
               AND w.n > coalesce((
                   SELECT t.n FROM engagement_lastingcell t
                    WHERE (t.community, t.theme, t.what, t.week, t.key)
                        = (w.community, %(theme)s, w.what, w.week, w.key)
               ), 0)
             ORDER BY w.week DESC, w.key DESC LIMIT %(most)s
        ) x
    )) AS people FROM unnest(%(around)s::int[]) AS a (theme)
 ) b
"""
_Weeks = tuple[int, dt.date, dt.date]
"""Of a community, those from one day to another."""


def number_of(monday: dt.date) -> int:
    """Days since 1970: a week as the key of a count."""
    return (monday - _EPOCH).days


@dataclass(frozen=True, slots=True)
class Known:
    """What lasts at a moment. `ages` are (days since somebody said that it holds, its interval, texts), the
    freshest first; days are None where it was said that it no longer does.

    `met` are encounters with what was in date, over all, of whole blocks; of each, to the nearest five.
    """

    ages: tuple[tuple[float | None, int, int], ...]
    met: Share

    @property
    def texts(self) -> int:
        return sum(n for _days, _interval, n in self.ages)

    @property
    def outdated(self) -> int:
        """Those of which it was said that they no longer hold."""
        return sum(n for days, _interval, n in self.ages if days is None)

    @property
    def verified(self) -> Share:
        """Those that were looked at within their interval, over all."""
        every = (Resource(_is_in_date(days, interval), 0, n) for days, interval, n in self.ages)
        return knowledge.verified_share(every)[0]

    @property
    def due(self) -> int:
        return self.verified.of - self.verified.count

    @property
    def freshness(self) -> float | None:
        """That of the text in the middle; None without any."""
        half, passed = self.texts / 2, 0
        fresh = sorted(
            ((knowledge.freshness(days, interval), n) for days, interval, n in self.ages), reverse=True
        )
        for value, n in fresh:
            passed += n
            if passed >= half:
                return value
        return None


def what_lasts(slice: Slice) -> Known | Withheld:
    """At the end of the slice: today, where it ends with the last week that is over. Three queries."""
    if slice.team:
        return Withheld(Withholding.NOT_FOR_TEAMS)
    moment, last = moment_of(slice)
    open_ones = opened(slice, last)
    if not open_ones:
        return Withheld(Withholding.FEW_PEOPLE)
    values = {
        "open": list(open_ones), "theme": slice.theme_number, "texts": Lasts.TEXTS, "last": last,
    }  # fmt: skip
    ages = [
        (None if key == OUTDATED else _days_since(key, moment), open_ones[community], n)
        for community, key, n in _rows(_STANDING, values)
    ]
    ages.sort(key=lambda age: (age[0] is None, age[0]))
    return Known(tuple(ages), _met(slice, open_ones))


def _met(slice: Slice, open_ones: Mapping[int, int]) -> Share:
    """How often somebody wrote or reacted around what was in date, over all: of whole blocks of four weeks.

    Of each block to the nearest five: of any weeks, and to the unit, it would tell what one person did there.
    """
    blocks = [(one, *block) for one in open_ones for block in blocks_of(slice)]
    days = [open_ones[community] for community, _first, _last in blocks]
    counts = [
        (rounded(in_date or 0), rounded(every))
        for in_date, every in _rows(_MET, _values(slice, blocks) | {"days": days, "met": Lasts.MET})
    ]
    return Share(sum(in_date for in_date, _every in counts), sum(every for _in_date, every in counts))


def moment_of(slice: Slice) -> tuple[dt.date, dt.date]:
    """The day that counts, and the last week (a Monday) of which anything does."""
    today = timezone.localdate()
    if is_now(slice):
        return today, today - today.weekday() * DAY
    return slice.last, slice.last - slice.last.weekday() * DAY


def is_now(slice: Slice) -> bool:
    """Whether a slice ends with the last week that is over: what lasts is then told as it is today."""
    today = timezone.localdate()
    return slice.last >= today - (today.weekday() + 1) * DAY


def to_check(slice: Slice) -> list[int]:
    """The exchanges (numbers) that `Known.due` counts, where it is told as it is today."""
    moment, last = moment_of(slice)
    numbers: list[int] = []
    for community, interval in opened(slice, last).items():
        rows = Lasting.objects.filter(community=community, lasts=True, themes__contains=[slice.theme_number])
        cut = moment - DAY * (interval + moment.weekday())
        late = rows.filter(verified__lte=cut) | rows.filter(verified=None)
        numbers += late.values_list("pk", flat=True)
    return numbers


def how_it_reads(slice: Slice) -> dict[int, tuple[int, Readability]] | Withheld:
    """By language, how many texts came to last in whole blocks of four weeks, and how they read together.

    Of each language those blocks in which enough people wrote in it. Four queries.
    """
    if slice.team:
        return Withheld(Withholding.NOT_FOR_TEAMS)
    blocks = [(one, *block) for one in slice.numbers for block in blocks_of(slice)]
    found = {}
    for language, wrote in ((FRENCH, Lasts.IN_FRENCH), (ENGLISH, Lasts.IN_ENGLISH)):
        told = _told(slice, blocks, wrote)
        sums: dict[int, int] = defaultdict(int, _rows(_READ, _values(slice, told)))
        texts, words, sentences, syllables = (sums[4 * language + place] for place in range(4))
        if words:
            found[language] = texts, of_counts(words, sentences, syllables, NAMES[language])
    enough = {language: (n, one) for language, (n, one) in found.items() if one.enough}
    return enough or Withheld(Withholding.FEW_PEOPLE)


def opened(slice: Slice, last: dt.date) -> dict[int, int]:
    """Of the communities of which what lasts by that week is told, in how many days it is to be looked at."""
    told = {community for community, *_weeks in _told(slice, [(one, _EPOCH, last) for one in slice.numbers])}
    return {one.pk: one.verified_for for one in slice.communities if one.pk in told}


def _told(slice: Slice, weeks: Sequence[_Weeks], by: Lasts = Lasts.BY) -> list[_Weeks]:
    """Those in which enough people wrote what lasts, and enough or nobody what is beside it in all that the
    theme is part of. One query.
    """
    values = _values(slice, weeks) | {"by": by, "around": _around(slice)}
    return [
        (community, first, last)
        for community, first, last, here, beside in _rows(_WROTE, values)
        if all(n >= slice.smallest[community] for n in (here, *filter(None, beside or ())))
    ]


def _around(slice: Slice) -> list[int]:
    """What the theme of a slice is part of: the themes above it, and all."""
    return [] if slice.theme is None else [0, *slice.theme.ancestor_keys]


def _values(slice: Slice, weeks: Sequence[_Weeks]) -> dict[str, Any]:
    return {
        "communities": [community for community, _first, _last in weeks],
        "first": [first for _community, first, _last in weeks],
        "last": [last for _community, _first, last in weeks],
        "theme": slice.theme_number, "read": Lasts.READ, "most": _LOOKED_AT,
    }  # fmt: skip


def _is_in_date(days: float | None, interval: int) -> bool:
    return days is not None and days < interval


def _days_since(key: int, moment: dt.date) -> float:
    """From the Monday of the week it was looked at to that of the week looked from: whole weeks."""
    return float(number_of(moment - moment.weekday() * DAY) - key)


def _rows(sql: str, values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
