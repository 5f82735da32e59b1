"""Changing fading counts in the database, event by event, by the arithmetic of `algorithms.routing.tally`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from passeur.algorithms.routing.tally import HALF_LIVES, log_sum

from ..choices import Scope
from ..models import Evidence, Tally, ThemeCount
from ..queries.stored import COLUMNS, LAST_IN_THEME

NEVER = -math.inf
Place = tuple[int, int, int]
"""(scope, key, person)."""


@dataclass(slots=True)
class Change:
    """What one exchange adds to one row: times of events, and counts that do not fade."""

    events: list[float] = field(default_factory=list)
    answers: int = 0
    accepted: int = 0


class Changes:
    """Everything that one exchange changes in a community's tallies, written at once."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._changes: dict[Place, Change] = {}

    def _at(self, scope: Scope, key: int, person: int) -> Change:
        return self._changes.setdefault((int(scope), key, person), Change())

    def asked(self, person: int, at: float) -> None:
        self._at(Scope.ASKING, 0, person).events.append(at)

    def replied(self, person: int, at: float) -> None:
        self._at(Scope.REPLIES, 0, person).events.append(at)

    def joined(
        self, person: int, at: float, *, asker: int, themes: Sequence[int], others: Sequence[int]
    ) -> None:
        """The person's first answer in an exchange in which `others` have answered before."""
        for scope, key in [(Scope.OVERALL, 0), (Scope.TO_ASKER, asker), *((Scope.THEME, t) for t in themes)]:
            change = self._at(scope, key, person)
            change.events.append(at)
            change.answers += 1
        for other in others:
            self._at(Scope.TOGETHER, other, person).events.append(at)
            self._at(Scope.TOGETHER, person, other).events.append(at)
        totals = self._evidence.totals or [NEVER] * len(HALF_LIVES)
        self._evidence.totals = [log_sum(t, at / h) for t, h in zip(totals, HALF_LIVES, strict=True)]

    def accepted(self, person: int, by: int, themes: Sequence[int]) -> None:
        """An answer of theirs was accepted (`by` 1), or no longer is (−1)."""
        for scope, key in [(Scope.OVERALL, 0), *((Scope.THEME, theme) for theme in themes)]:
            self._at(scope, key, person).accepted += by

    def write(self) -> None:
        """Bring the rows up to date."""
        if not self._changes:
            return
        community = self._evidence.community_id
        scopes, keys, people = (set(column) for column in zip(*self._changes, strict=True))
        rows = {
            (row.scope, row.key, row.person_id): row
            for row in Tally.objects.filter(
                community=community, scope__in=scopes, key__in=keys, person__in=people
            )
        }
        touched = []
        for place, change in self._changes.items():
            row = rows.get(place) or _blank(community, place)
            _apply(row, change)
            touched.append(row)
        Tally.objects.bulk_create(
            touched,
            update_conflicts=True,
            unique_fields=["community", "scope", "key", "person"],
            update_fields=[*COLUMNS, "latest", "answers", "accepted"],
        )


def _blank(community: int, place: Place) -> Tally:
    scope, key, person = place
    logs = dict.fromkeys(COLUMNS, NEVER)
    return Tally(community_id=community, scope=scope, key=key, person_id=person, latest=0.0, **logs)


def _apply(row: Tally, change: Change) -> None:
    for column, half_life in zip(COLUMNS, HALF_LIVES, strict=True):
        for at in change.events:
            setattr(row, column, log_sum(getattr(row, column), at / half_life))
    row.latest = max([row.latest, *change.events])
    row.answers += change.answers
    row.accepted = max(0, row.accepted + change.accepted)


def count_questions(community: int, themes: Sequence[int]) -> None:
    """One more question in each of these themes."""
    for theme in themes:
        count, _ = ThemeCount.objects.get_or_create(theme_id=theme, defaults={"community_id": community})
        count.questions += 1
        count.save(update_fields=["questions"])


def remember_last(community: int, themes: Sequence[int], person: int, at: float) -> None:
    """The person gave the last answer in each of these themes, unless a later one is known."""
    for theme in themes:
        count, _ = ThemeCount.objects.get_or_create(theme_id=theme, defaults={"community_id": community})
        if at >= count.last_at:
            count.last, count.last_at = [*count.last, person][-LAST_IN_THEME:], at
            count.save(update_fields=["last", "last_at"])
