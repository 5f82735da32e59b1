"""The desk as one manager sees it now: every cue found, ranked, and put in the list it belongs to."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..choices import Horizon, Outcome, View
from ..cues import Cue, Rule, Scope, rules
from ..models import Step
from .steps import done_today, rests, standing

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


@dataclass(frozen=True, slots=True)
class Line:
    """A cue in a list, with the gesture that keeps it there, if one does."""

    cue: Cue
    step: Step | None = None

    @property
    def rank(self) -> tuple[bool, int, float]:
        """What was handed to the reader first, then by the cue's own rank."""
        return self.step is None, *self.cue.rank


@dataclass(frozen=True, slots=True)
class Desk:
    """The four lists. A count is the length of its list: nothing else is ever shown."""

    scope: Scope
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
        """How many different people wait for somebody, in the lines of today."""
        return len({line.cue.waiting for line in self.today if line.cue.waiting is not None})

    def lines(self, view: View) -> list[Line]:
        """The list of a tab; that of what was done is `done`."""
        return {View.TODAY: self.today, View.WEEK: self.week, View.SNOOZED: self.snoozed}.get(view, [])


def desk(manager: Member, communities: Sequence[Community], now: dt.datetime) -> Desk:
    """Look for all cues. The number of queries depends on the rules, not on what they find."""
    scope = Scope(manager, communities, now)
    steps = standing(communities)
    shown: list[Line] = []
    resting: list[Line] = []
    for rule in rules():
        for cue in rule.find(scope):
            step = steps.get((cue.community.pk, cue.subject))
            if step is None or not rests(step, cue, now):
                shown.append(Line(cue))
            elif step.outcome == Outcome.HANDED and step.to_id == manager.pk:
                shown.append(Line(cue, step))
            elif step.outcome != Outcome.DONE:
                resting.append(Line(cue, step))
    ranked = sorted(_one_a_subject(shown), key=lambda line: line.rank)
    return Desk(
        scope=scope,
        today=[line for line in ranked if line.cue.horizon == Horizon.TODAY],
        week=[line for line in ranked if line.cue.horizon == Horizon.WEEK],
        snoozed=sorted(_one_a_subject(resting), key=lambda line: line.step.until if line.step else now),
        done=list(done_today(communities, now)),
    )


def _one_a_subject(lines: Iterable[Line]) -> list[Line]:
    """Two cues about one thing are one: the heavier speaks."""
    best: dict[tuple[int, str], Line] = {}
    for line in lines:
        about = (line.cue.community.pk, line.cue.subject)
        if about not in best or line.rank < best[about].rank:
            best[about] = line
    return list(best.values())


def told(scope: Scope, lines: Sequence[Line]) -> list[Line]:
    """The lines of one page, each cue with its why and its moves."""
    by_rule: dict[Rule, list[Cue]] = defaultdict(list)
    for line in lines:
        by_rule[line.cue.rule].append(line.cue)
    cues = {cue.place: cue for rule, some in by_rule.items() for cue in rule.tell(scope, some)}
    return [replace(line, cue=cues[line.cue.place]) for line in lines]


def find_cue(manager: Member, community: Community, key: str, now: dt.datetime) -> Cue | None:
    """The cue of that key with all it offers, if it is still there."""
    name = key.split(":", 1)[0]
    scope = Scope(manager, [community], now)
    for rule in rules():
        if rule.name == name:
            found = next((cue for cue in rule.find(scope) if cue.key == key), None)
            return rule.tell(scope, [found])[0] if found else None
    return None
