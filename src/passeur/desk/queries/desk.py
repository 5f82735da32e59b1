"""The desk as one manager sees it now: every cue found, ranked, and put in the list it belongs to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..choices import Horizon, Outcome, View
from ..cues import Cue, Scope, rules
from ..models import Step
from .steps import done_today, standing

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


@dataclass(frozen=True, slots=True)
class Line:
    """A cue in a list, with the gesture that keeps it there, if one does."""

    cue: Cue
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """The four lists. A count is the length of its list: nothing else is ever shown."""

    today: list[Line]
    week: list[Line]
    snoozed: list[Line]
    done: list[Step]

    @property
    def counts(self) -> dict[str, int]:
        return {
            View.TODAY: len(self.today),
            View.WEEK: len(self.week),
            View.SNOOZED: len(self.snoozed),
            View.DONE: len(self.done),
        }

    @property
    def waiting_people(self) -> int:
        """Lines of today in which somebody waits."""
        return sum(line.cue.rule.somebody_waits for line in self.today)

    def lines(self, view: View) -> list[Line]:
        """The list of a tab; that of what was done is `done`."""
        return {View.TODAY: self.today, View.WEEK: self.week, View.SNOOZED: self.snoozed}.get(view, [])


def desk(manager: Member, communities: Sequence[Community], now: dt.datetime) -> Desk:
    """Look for all cues. The number of queries depends on the rules, not on what they find."""
    scope = Scope(manager, communities, now)
    found = [cue for rule in rules() for cue in rule.find(scope)]
    steps = standing(communities)
    shown: list[Line] = []
    resting: list[Line] = []
    for cue in found:
        step = steps.get((cue.community.pk, cue.key))
        if step is None or step.until <= now:
            shown.append(Line(cue))
        elif step.outcome == Outcome.HANDED and step.to_id == manager.pk:
            shown.append(Line(cue, step))
        elif step.outcome != Outcome.DONE:
            resting.append(Line(cue, step))
    ranked = sorted(_one_a_subject(shown), key=lambda line: (line.step is None, *line.cue.rank))
    return Desk(
        today=[line for line in ranked if line.cue.horizon == Horizon.TODAY],
        week=[line for line in ranked if line.cue.horizon == Horizon.WEEK],
        snoozed=sorted(resting, key=lambda line: line.step.until if line.step else now),
        done=list(done_today(communities, now)),
    )


def _one_a_subject(lines: list[Line]) -> list[Line]:
    """Two cues about one thing are one: the heavier speaks."""
    best: dict[str, Line] = {}
    for line in lines:
        known = best.get(line.cue.subject)
        if known is None or line.cue.rank < known.cue.rank:
            best[line.cue.subject] = line
    return list(best.values())


def find_cue(manager: Member, community: Community, key: str, now: dt.datetime) -> Cue | None:
    """The cue of that key, if it is still there."""
    name = key.split(":", 1)[0]
    scope = Scope(manager, [community], now)
    for rule in rules():
        if rule.name == name:
            return next((cue for cue in rule.find(scope) if cue.key == key), None)
    return None
