"""The desk as one manager sees it now: figures and a page of ranked lines, each true at this moment."""

from __future__ import annotations

import datetime as dt
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from passeur.conversations.choices import State
from passeur.conversations.queries import lists
from passeur.foundation.prepared import Asked, prepared

from ..choices import About, View
from ..cues import Cue, Rule, Scope, Subject, ages, people, rule_named
from ..models import BEGUN, Entry, Filling, Step
from .entries import Figures, Reader, figures, page_of
from .lasting import lasts
from .steps import done_today, managers_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from passeur.accounts.models import Member
    from passeur.communities.models import Community

PAGE_SIZE = 15


@dataclass(frozen=True, slots=True)
class Line:
    """A cue in a list, with the gesture that keeps it there, if one does. Its ages are marks (`ages`)."""

    cue: Cue
    step: Step | None = None

    @property
    def stamp(self) -> str:
        """What a page shows of it, in a word: another stamp, another look, save for the time that passes."""
        cue = self.cue
        shown = (
            ages.apart(cue.title),
            ages.apart(str(cue.why)),
            cue.weight,
            [move.name for move in cue.moves],
        )
        return f"{zlib.crc32(repr((shown, self.step and self.step.pk)).encode()):x}"


@dataclass(frozen=True, slots=True)
class Health:
    """How many questions of a community are in the states that call for somebody."""

    community: Community
    waiting: int
    not_helped: int


@dataclass(frozen=True, slots=True)
class Desk:
    """One page of one list, how long all of them are, and what else the page says.

    `outdated` are subjects whose entry no longer says what the facts say: they are to be judged again.
    `unfilled` are communities whose entries are not all there yet. `lasts` is when its words may change by
    time alone.
    """

    scope: Scope
    view: View
    figures: Figures
    number: int
    lines: list[Line]
    steps: list[Step]
    done: int
    outdated: list[Subject]
    unfilled: list[Community]
    colleagues: Mapping[int, list[Member]]
    health: list[Health]
    lasts: dt.datetime

    @property
    def counts(self) -> dict[View, int]:
        """How many lines of each list one can turn to."""
        return {
            View.TODAY: self.figures.today,
            View.WEEK: self.figures.week - self.figures.week_goes_on,
            View.SNOOZED: self.figures.snoozed,
            View.DONE: self.done,
        }

    @property
    def has_more(self) -> frozenset[View]:
        """The lists that are longer than can be turned to."""
        return frozenset({View.WEEK} if self.figures.week_goes_on else ())


def desk(
    manager: Member,
    communities: Sequence[Community],
    now: dt.datetime,
    view: View = View.TODAY,
    number: int = 1,
    size: int = PAGE_SIZE,
) -> Desk:
    """A page of a list; beyond the last one, the last. As many queries for many lines as for few."""
    reader, scope = Reader(manager, communities, now), Scope(manager, communities, now, kept=True)
    found = figures(reader)
    made = Desk(
        scope,
        view,
        found,
        1,
        [],
        [],
        found.done,
        [],
        [community for community in communities if community.pk not in found.filled],
        managers_of(communities, leave_out=manager),
        _health(manager, communities),
        now,
    )
    number = max(1, min(number, -(-made.counts[view] // size)))
    start = (number - 1) * size
    if view == View.DONE:
        steps = list(done_today(communities, now)[start : start + size])
        return replace(made, number=number, steps=steps, lasts=lasts(now, [step.at for step in steps]))
    if view in made.has_more:
        size = min(size, made.counts[view] - start)
    entries = page_of(reader, view, start, size)
    lines, outdated = _lines(scope, entries)
    return replace(made, number=number, lines=lines, outdated=outdated, lasts=_lasts(now, lines))


def _lines(scope: Scope, entries: Sequence[Entry]) -> tuple[list[Line], list[Subject]]:
    """The entries as cues in words, judged once more: what is no longer so is left out, and named."""
    subjects: dict[Rule, list[Subject]] = defaultdict(list)
    for entry in entries:
        if rule := rule_named(entry.rule):
            subjects[rule].append(Subject.named(entry.community_id, entry.subject))
    scope.bring(
        int(subject.ident)
        for some in subjects.values()
        for subject in some
        if subject.about == About.CONVERSATION
    )
    people.bring(scope, _people_of(entries))
    now = {
        cue.place: cue
        for rule, some in subjects.items()
        for cue in rule.judge(scope, some)
        if cue.stands_at(scope.now)
    }
    true = [entry for entry in entries if _still_says(entry, now.get((entry.community_id, entry.key)))]
    scope.told = [now[entry.community_id, entry.key] for entry in true]
    told = {cue.place: cue for cue in _told(scope, scope.told)}
    outdated = [Subject.named(entry.community_id, entry.subject) for entry in entries if entry not in true]
    return [Line(told[entry.community_id, entry.key], entry.step) for entry in true], outdated


def _people_of(entries: Sequence[Entry]) -> Iterable[tuple[int, int]]:
    """The (community, member) that rules ask for: who an entry is about, or who wrote what it is about."""
    for entry in entries:
        subject = Subject.named(entry.community_id, entry.subject)
        if subject.about == About.MEMBER:
            yield entry.community_id, int(subject.ident)
        elif (rule := rule_named(entry.rule)) is not None and rule.reaches_out:
            yield from ((entry.community_id, member) for member in entry.people)


def _lasts(now: dt.datetime, lines: Sequence[Line]) -> dt.datetime:
    """Until when they read the same: until one ends, or until when one rests is said otherwise."""
    resting = [line.step.until for line in lines if line.step is not None]
    return min([lasts(now, resting), *(line.cue.ends for line in lines)])


def _still_says(entry: Entry, cue: Cue | None) -> bool:
    return cue is not None and (cue.rule.name, cue.horizon, cue.weight, cue.since) == (
        entry.rule,
        entry.horizon,
        entry.weight,
        entry.since,
    )


def _told(scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
    by_rule: dict[Rule, list[Cue]] = defaultdict(list)
    for cue in cues:
        by_rule[cue.rule].append(cue)
    return [cue for rule, some in by_rule.items() for cue in rule.tell(scope, some)]


def _health(manager: Member, communities: Sequence[Community]) -> list[Health]:
    """For each of them, in their order; each figure is the length of a list. One query."""
    counted = lists.counts_by_community(manager, communities)
    return [
        Health(
            community,
            counted.get((community.pk, State.WAITING), 0),
            counted.get((community.pk, State.NOT_HELPED), 0),
        )
        for community in communities
    ]


def find_cue(manager: Member, community: Community, key: str, now: dt.datetime) -> Cue | None:
    """The cue of that key with all it offers, if the facts still make it one: whatever its entry says."""
    rule = rule_named(key.partition(":")[0])
    ident = rule.named_by(key, community, now) if rule else None
    if rule is None or ident is None:
        return None
    scope = Scope(manager, [community], now)
    subject = Subject(community.pk, rule.about, ident)
    found = (cue for cue in rule.judge(scope, [subject]) if cue.key == key and cue.stands_at(now))
    return next((rule.tell(scope, [cue])[0] for cue in found), None)


def unfilled(communities: Sequence[Community]) -> list[Community]:
    """Those whose entries are not all there yet. One query."""
    filled = set(_filled(communities=[community.pk for community in communities]))
    return [community for community in communities if community.pk not in filled]


@prepared
def _filled(communities: Asked) -> QuerySet[Filling, int]:
    there = Filling.objects.filter(community__among=communities, filled_at__gt=BEGUN)
    return there.values_list("community_id", flat=True)
