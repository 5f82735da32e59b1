"""Counts of what lasts, kept up as it changes: what an exchange added is taken off, and added as it is now.

A change costs by the exchange, whatever the community has: decision 62.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db import connection, transaction
from django.utils import timezone

from passeur.algorithms.measures.knowledge import usefulness
from passeur.foundation import events as bus
from passeur.skills import queries as skills

from ..choices import Lasts
from ..events import LastingMoved
from ..models import Lasting
from ..queries.lasting import OUTDATED, number_of
from . import people, places
from .people import monday

_LOCK = "SELECT pg_advisory_xact_lock(hashtext('engagement.lasting'), %s)"
_ADD = """
INSERT INTO engagement_lastingcell AS c (community, theme, what, week, key, n)
SELECT * FROM unnest(%s::int[], %s::int[], %s::smallint[], %s::date[], %s::int[], %s::int[])
ON CONFLICT (community, theme, what, week, key) DO UPDATE SET n = c.n + excluded.n
"""
_SWEEP = """
DELETE FROM engagement_lastingcell c USING unnest(
    %s::int[], %s::int[], %s::smallint[], %s::date[], %s::int[]
) AS g (community, theme, what, week, key)
 WHERE (c.community, c.theme, c.what, c.week, c.key) = (g.community, g.theme, g.what, g.week, g.key)
   AND c.n = 0
"""
_UPDATED = ("community", "themes", "author", "verified", "lasts", "cells", "useful", "judged", "worth")
_BY = (Lasts.BY, Lasts.IN_FRENCH, Lasts.IN_ENGLISH)
"""Counts that have an actor as their key."""
_Cell = tuple[int, int, int, dt.date, int]
"""(community, theme, what, Monday, key)."""


@dataclass(frozen=True, slots=True)
class Text:
    """How hard a text is to read, as counts: `language` is 0 for French, 1 for English."""

    language: int
    words: int
    sentences: int
    syllables: int


@dataclass(frozen=True, slots=True)
class Remains:
    """What lasts of an exchange, by `author` (a member); nothing where `said` is empty.

    `said` are (when, whether it holds): accepted or published first, then as people said. `met` are (member,
    when) of who wrote or reacted. Of `judged` voices so many say that it was `useful`.
    """

    number: int
    community: int
    themes: Sequence[int] = ()
    author: int | None = None
    said: Sequence[tuple[dt.datetime, bool]] = ()
    met: Iterable[tuple[int, dt.datetime]] = ()
    text: Text | None = None
    useful: int = 0
    judged: int = 0


def follow_lasting(facts: Sequence[Remains], *, gone: Iterable[int] = ()) -> None:
    """Keep what lasts of these exchanges as it is now, and forget those `gone`. Again, it changes nothing."""
    numbers = sorted({one.number for one in facts} | set(gone))
    with transaction.atomic():
        known = set(Lasting.objects.filter(pk__in=numbers).values_list("community", flat=True))
        for community in sorted(known | {one.community for one in facts}):
            with connection.cursor() as cursor:
                cursor.execute(_LOCK, [community])
        actors = people.meet(one.author for one in facts if one.author is not None)
        above = {community: places.parents(community) for community in {one.community for one in facts}}
        rows = [_row(one, actors, above[one.community]) for one in facts]
        before = list(Lasting.objects.filter(pk__in=numbers))
        _change(before, rows)
        Lasting.objects.filter(pk__in=set(numbers) - {one.number for one in facts}).delete()
        Lasting.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["number"], update_fields=_UPDATED
        )
        if moved := _fall_due_elsewhen(before, rows):
            bus.publish(LastingMoved(communities=moved))


def _fall_due_elsewhen(before: Iterable[Lasting], after: Iterable[Lasting]) -> list[int]:
    """The communities in which another text lasts, or one was looked at in another week."""
    there = [{(row.community, row.pk, row.verified) for row in rows if row.lasts} for rows in (before, after)]
    return sorted({community for community, _number, _week in there[0] ^ there[1]})


def forget_authors(actors: Iterable[int]) -> None:
    """What these people wrote lasts without them."""
    with transaction.atomic():
        rows = list(Lasting.objects.filter(author__in=list(actors)).order_by("community", "pk"))
        for community in sorted({row.community for row in rows}):
            with connection.cursor() as cursor:
                cursor.execute(_LOCK, [community])
        before = list(Lasting.objects.filter(pk__in=[row.pk for row in rows]))
        for row in rows:
            row.author, row.cells = None, [cell for cell in row.cells if cell[1] not in _BY]
        _change(before, rows)
        Lasting.objects.bulk_update(rows, ["author", "cells"])


def _change(before: Iterable[Lasting], after: Iterable[Lasting]) -> None:
    cells: dict[_Cell, int] = defaultdict(int)
    for sign, rows in ((-1, before), (1, after)):
        for row in rows:
            for week, what, key, n in row.cells:
                for theme in row.themes:
                    cells[row.community, theme, what, dt.date.fromisoformat(week), key] += sign * n
    changed = sorted((cell, n) for cell, n in cells.items() if n)
    if not changed:
        return
    columns = [list(column) for column in zip(*(cell for cell, _n in changed), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [*columns, [n for _cell, n in changed]])
        if any(n < 0 for _cell, n in changed):
            cursor.execute(_SWEEP, columns)


def _row(one: Remains, actors: Mapping[int, int], above: dict[int, int | None]) -> Lasting:
    themes = {0}.union(*(skills.way_up(theme, above) for theme in one.themes))
    author = None if one.author is None else actors[one.author]
    said = [(monday(timezone.localdate(at)), holds) for at, holds in sorted(one.said)]
    weeks = [(week, number_of(week) if holds else OUTDATED) for week, holds in said]
    return Lasting(
        number=one.number,
        community=one.community,
        themes=sorted(themes),
        author=author,
        verified=said[-1][0] if said and said[-1][1] else None,
        lasts=bool(said),
        cells=[
            [week.isoformat(), what, key, n] for (week, what, key), n in _cells(one, weeks, author).items()
        ],
        useful=one.useful,
        judged=one.judged,
        worth=usefulness(one.useful, one.judged - one.useful),
    )


def _cells(
    one: Remains, weeks: Sequence[tuple[dt.date, int]], author: int | None
) -> dict[tuple[dt.date, int, int], int]:
    made: dict[tuple[dt.date, int, int], int] = defaultdict(int)
    if not weeks:
        return made
    since, first = weeks[0]
    made[since, Lasts.TEXTS, first] += 1
    for (_past, before), (then, after) in pairwise(weeks):
        made[then, Lasts.TEXTS, before] -= 1
        made[then, Lasts.TEXTS, after] += 1
    if author is not None:
        made[since, Lasts.BY, author] = 1
    if one.text is not None:
        counts = (1, one.text.words, one.text.sentences, one.text.syllables)
        for place, n in enumerate(counts):
            made[since, Lasts.READ, 4 * one.text.language + place] = n
        if author is not None:
            made[since, Lasts.IN_FRENCH + one.text.language, author] = 1
    for week, _member in _met(one, since):
        at_its_end = [key for begun, key in weeks if begun <= week][-1]
        made[week, Lasts.MET, at_its_end] += 1
    return {cell: n for cell, n in made.items() if n}


def _met(one: Remains, since: dt.date) -> set[tuple[dt.date, int]]:
    """Each person once a week, from the week on in which it came to last."""
    met = {(monday(timezone.localdate(at)), member) for member, at in one.met}
    return {(week, member) for week, member in met if week >= since}
