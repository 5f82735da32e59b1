"""What a page counts from: the exchanges of a period and of the one before, read once for all its figures."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.utils import timezone

from passeur.algorithms.measures.estimates import Share
from passeur.algorithms.measures.rates import Bursts, Rate, bursts_of
from passeur.algorithms.measures.response import Outcomes, within_goal
from passeur.algorithms.measures.survival import Survival, kaplan_meier
from passeur.communities import queries as communities
from passeur.conversations.choices import ASKING, State
from passeur.conversations.queries import asked
from passeur.conversations.queries.asked import Started
from passeur.engagement import queries as engagement
from passeur.skills import queries as skills

from ..protocols import Slice

if TYPE_CHECKING:
    from passeur.conversations.queries.worked import Worked
    from passeur.skills.models import Theme

Test = Callable[[Started], bool]


def span_of(part: Slice) -> asked.Span:
    """Where and when to look."""
    keys = [community.pk for community in part.communities]
    return asked.Span(keys, part.period.since, part.period.until, part.theme)


def sight_of(part: Slice) -> engagement.Slice:
    """The same for roll-ups."""
    return engagement.slice_of(
        part.member, first=part.period.first, last=part.period.last, among=part.communities, theme=part.theme
    )


@dataclass(frozen=True)
class Facts:
    """Exchanges of one period, oldest first, and when each one's first reply was due."""

    part: Slice
    rows: tuple[Started, ...]
    due: dict[int, dt.datetime]
    now: dt.datetime

    @property
    def is_small(self) -> bool:
        """Whether too few people started something for any figure."""
        return is_small(self.rows, self.part.smallest)

    def only(self, test: Test) -> Facts:
        """Those that pass."""
        return Facts(self.part, tuple(row for row in self.rows if test(row)), self.due, self.now)

    def of(self, rows: Iterable[Started]) -> Facts:
        """Some of them."""
        return Facts(self.part, tuple(rows), self.due, self.now)

    def questions(self) -> Facts:
        return self.only(lambda row: row.kind in ASKING)

    def of_kind(self, kind: str) -> Facts:
        return self.only(lambda row: row.kind == kind)

    def was_due(self, row: Started) -> bool:
        """Asked at least one goal ago."""
        return self.due[row.pk] <= self.now

    def within_goal(self, row: Started) -> bool:
        return self.was_due(row) and row.first_reply_at is not None and row.first_reply_at <= self.due[row.pk]

    def unanswered(self, row: Started) -> bool:
        """Waits for a reply past the goal."""
        return row.state == State.WAITING and self.was_due(row)

    def goal(self) -> Share:
        """Replied within the goal, over those asked at least one goal ago."""
        replied = [
            row.first_reply_at.timestamp() if row.first_reply_at is not None else np.nan for row in self.rows
        ]
        return within_goal(replied, [self.due[row.pk].timestamp() for row in self.rows], self.now.timestamp())

    def outcomes(self) -> Outcomes:
        """Resolved ones and unanswered ones; `services.states` judged them."""
        resolved = sum(row.state == State.RESOLVED for row in self.rows)
        return Outcomes(len(self.rows), resolved, 0, sum(map(self.unanswered, self.rows)))

    def waits(self) -> Survival:
        """Seconds until the first reply by somebody else; those still open count as waiting."""
        ends = [row.first_reply_at or row.closed_at or self.now for row in self.rows]
        times = [
            max(0.0, (end - row.created_at).total_seconds()) for end, row in zip(ends, self.rows, strict=True)
        ]
        return kaplan_meier(times, [row.first_reply_at is not None for row in self.rows])

    def days(self) -> list[int]:
        """How many were started on each day of the period."""
        counts = [0] * (self.part.period.weeks * 7)
        for row in self.rows:
            counts[(timezone.localdate(row.created_at) - self.part.period.first).days] += 1
        return counts

    def weeks(self) -> list[tuple[Started, ...]]:
        """Those of each week."""
        found: list[list[Started]] = [[] for _ in range(self.part.period.weeks)]
        for row in self.rows:
            found[self.part.period.week_of(row.created_at)].append(row)
        return [tuple(rows) for rows in found]


def facts(part: Slice) -> Facts:
    """The facts of a period. One query."""
    goals = {community.pk: community for community in part.communities}
    rows = tuple(asked.started(part.member, span_of(part)))
    due = {row.pk: communities.goal_deadline(goals[row.community], row.created_at) for row in rows}
    return Facts(part, rows, due, timezone.now())


def by_theme(now: Facts) -> list[tuple[Theme, Facts]]:
    """The themes of a community with what was started on each or on those below it, most of it first.

    Three queries; none where several communities are looked at, since each has its own themes.
    """
    community = now.part.community
    if community is None:
        return []
    stated = asked.themes_of_started(now.part.member, span_of(now.part))
    above = skills.parents(community)
    within = now.part.theme
    found: dict[int, list[Started]] = defaultdict(list)
    for row in now.rows:
        near = {key for key, _slug, _name in stated.get(row.pk, ())}
        for theme in list(near):
            while (theme := above.get(theme) or 0) and theme not in near:
                near.add(theme)
        for theme in near:
            found[theme].append(row)
    named = [(theme, now.of(found[theme.pk])) for theme in skills.themes(community) if theme.pk in found]
    below = [one for one in named if within is None or one[0].pk != within.pk]
    return sorted(below, key=lambda one: -len(one[1].rows))


def is_small(rows: Iterable[Started | Worked], smallest: int) -> bool:
    """Whether these come from too few people for a figure."""
    return len({row.author for row in rows}) < smallest


def rate(after: Facts, before: Facts) -> tuple[Rate, Rate]:
    """How many a week in each of two periods, by how they come in bursts."""
    bursts: Bursts = bursts_of(after.days(), before.days())
    return (
        Rate(len(after.rows), after.part.period.weeks, bursts),
        Rate(len(before.rows), before.part.period.weeks, bursts),
    )


def keys(rows: Sequence[Started]) -> list[int]:
    """The newest first, as lists show them."""
    return [row.pk for row in reversed(rows)]
