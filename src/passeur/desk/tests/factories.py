"""Gestures for tests, and a place: a community with its LCM, in which things happened so many days ago."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, SubFactory
from factory.django import DjangoModelFactory

from passeur.accounts.tests.factories import ImportedMemberFactory, MemberFactory
from passeur.communities.tests.factories import CommunityFactory, ManagerFactory, MembershipFactory
from passeur.conversations.choices import Kind, Part
from passeur.conversations.tests.factories import ContributionFactory, judged, question
from passeur.expertise.tests.factories import ListingFactory
from passeur.records.tests.factories import CourseFactory, CourseTieFactory, LearningFactory

from .. import queries, services
from ..choices import Outcome, View
from ..cues import Cue, Rule, Scope, Subject, rules
from ..models import Consultation, Entry, Filling, Step
from ..queries import Line


class StepFactory(DjangoModelFactory[Step]):
    """An LCM put something down as done, for two days."""

    class Meta:
        model = Step

    community = SubFactory(CommunityFactory)
    key = "waiting-question:1"
    subject = "conversation:1"
    rule = "waiting-question"
    title = "Comment fiabiliser l’import ?"
    outcome = Outcome.DONE
    move = "done"
    by = LazyAttribute(lambda o: ManagerFactory(community=o.community).member)
    at = LazyFunction(timezone.now)
    until = LazyAttribute(lambda o: o.at + dt.timedelta(days=2))


class EntryFactory(DjangoModelFactory[Entry]):
    """A question has waited since yesterday."""

    class Meta:
        model = Entry

    community = SubFactory(CommunityFactory)
    subject = "conversation:1"
    rule = "waiting-question"
    key = "waiting-question:1"
    horizon = "today"
    weight = 3
    since = LazyFunction(lambda: timezone.now() - dt.timedelta(days=1))
    moment = LazyAttribute(lambda o: o.since.timestamp())
    begins = LazyAttribute(lambda o: o.since)
    ends = LazyAttribute(lambda o: o.since + dt.timedelta(days=30))


class FillingFactory(DjangoModelFactory[Filling]):
    """The entries of a community are all there."""

    class Meta:
        model = Filling

    community = SubFactory(CommunityFactory)


class ConsultationFactory(DjangoModelFactory[Consultation]):
    """An LCM read a list with somebody in it."""

    class Meta:
        model = Consultation

    community = SubFactory(CommunityFactory)
    reader = LazyAttribute(lambda o: ManagerFactory(community=o.community).member)
    member = SubFactory(MemberFactory)
    rule = "never-exchanged"


def every_cue(rule: Rule, scope: Scope) -> list[Cue]:
    """All that a rule says of all that it could be about."""
    subjects = [
        Subject(community.pk, rule.about, ident)
        for community in scope.communities
        for ident in rule.candidates(community, scope.now)
    ]
    return list(rule.judge(scope, subjects))


@dataclass
class Lists:
    """The four lists in full, with their counts."""

    today: list[Line]
    week: list[Line]
    snoozed: list[Line]
    done: list[Step]
    counts: dict[View, int]
    waiting_people: int


def lists(manager: Any, communities: list[Any], now: dt.datetime) -> Lists:
    """The desk as it stands, every list in full; nothing is judged for it."""
    pages = {view: queries.desk(manager, communities, now, view, size=1000) for view in View}
    today = pages[View.TODAY]
    return Lists(
        today=today.lines,
        week=pages[View.WEEK].lines,
        snoozed=pages[View.SNOOZED].lines,
        done=pages[View.DONE].steps,
        counts=today.counts,
        waiting_people=today.figures.waiting_people,
    )


def always_open(**fields: Any) -> Any:
    """A community without quiet hours, whose goal is a day."""
    return CommunityFactory.create(quiet_from=dt.time(0), quiet_until=dt.time(0), **fields)


@dataclass
class Place:
    """A community and its LCM, seen at a moment; without quiet hours unless a test gives another."""

    community: Any = field(default_factory=always_open)
    now: dt.datetime = field(default_factory=timezone.now)
    manager: Any = None

    def __post_init__(self) -> None:
        if self.manager is None:
            self.manager = MemberFactory.create(name="Naïma Ferrand")
        ManagerFactory.create(community=self.community, member=self.manager, joined_at=self.ago(days=400))

    def ago(self, **span: float) -> dt.datetime:
        return self.now - dt.timedelta(**span)

    def member(self, name: str, *, days: float = 200, role: str = "member", **fields: Any) -> Any:
        """Somebody who joined so many days ago."""
        member = MemberFactory.create(name=name, **fields)
        MembershipFactory.create(
            community=self.community, member=member, joined_at=self.ago(days=days), role=role
        )
        return member

    def imported(self, name: str, *, days: float = 200) -> Any:
        """Somebody who came with an import, and cannot sign in."""
        member = ImportedMemberFactory.create(name=name)
        MembershipFactory.create(community=self.community, member=member, joined_at=self.ago(days=days))
        return member

    def machine(self) -> Any:
        return MemberFactory.create(name="Robot", is_machine=True)

    def asked(
        self, by: Any, *, hours: float, title: str = "Comment fiabiliser l’import ?", **fields: Any
    ) -> Any:
        """A question, so many hours ago."""
        asked_at = self.ago(hours=hours)
        return question(community=self.community, author=by, title=title, created_at=asked_at, **fields)

    def wrote(
        self, conversation: Any, by: Any, *, hours: float, part: str = Part.ANSWER, **fields: Any
    ) -> Any:
        """A text in a conversation, so many hours ago; by default an answer."""
        text = ContributionFactory.create(
            conversation=conversation, author=by, part=part, created_at=self.ago(hours=hours), **fields
        )
        judged(conversation)
        return text

    def talked(self, *people: Any, days: float, times: int = 3) -> Any:
        """A discussion in which these people wrote in turn, last so many days ago."""
        started = self.asked(people[0], hours=days * 24 + times, kind=Kind.DISCUSSION, title="Nos tableaux")
        for n in range(times):
            for person in people:
                self.wrote(started, person, hours=days * 24 + times - 1 - n, part=Part.REPLY)
        return started

    def course(self, name: str = "Tenir ses stocks", *, theme: Any = None) -> Any:
        """A course that the community has to do with, or a theme of it."""
        course = CourseFactory.create(name={"fr": name})
        CourseTieFactory.create(course=course, community=self.community, theme=theme)
        return course

    def learns(self, member: Any, course: Any, *, days: float, **moments: Any) -> Any:
        """Somebody began a course so many days ago; `finished` and `advanced` are days ago too, `failed`
        several, and `last` (the last failed try or what was finished, else the beginning)."""
        finished, advanced = moments.get("finished"), moments.get("advanced")
        failed = [self.ago(days=ago) for ago in moments.get("failed", [])]
        steps = [days, *moments.get("failed", []), *(one for one in (finished, advanced) if one is not None)]
        return LearningFactory.create(
            course=course,
            member=member,
            begun_at=self.ago(days=days),
            last_at=self.ago(days=min(steps)),
            advanced_at=None if advanced is None else self.ago(days=advanced),
            finished_at=None if finished is None else self.ago(days=finished),
            failed=sorted(failed),
        )

    def knows(self, conversation: Any, *people: Any) -> Any:
        """The question has a list of people who could answer it, best first."""
        return ListingFactory.create(
            conversation=conversation,
            order=[[person.pk, 0.9 - place / 10] for place, person in enumerate(people)],
            why={
                str(person.pk): [
                    {"kind": "theme_answers", "count": 7, "accepted": 5, "theme": "stocks", "theme_id": 1}
                ]
                for person in people
            },
        )

    def scope(self, *communities: Any, manager: Any = None, now: dt.datetime | None = None) -> Scope:
        return Scope(manager or self.manager, communities or [self.community], now or self.now)

    def cues(self, rule: str, **changes: Any) -> list[Cue]:
        """What a rule finds here, told in full, the most that a community is offered at once."""
        chosen = next(one for one in rules() if one.name == rule)
        scope = self.scope(**changes)
        found = [cue for cue in every_cue(chosen, scope) if cue.stands_at(scope.now)]
        offered = sorted(found, key=lambda cue: -cue.strength)[: chosen.most or None]
        return chosen.tell(scope, offered)

    def lists(self, manager: Any = None, now: dt.datetime | None = None) -> Lists:
        """The whole desk of a manager, with everything that happened taken in."""
        now = now or timezone.now()
        services.fill(self.community, now=now)
        return lists(manager or self.manager, [self.community], now)

    def cue(self, rule: str) -> Cue:
        """The only one it finds."""
        (found,) = self.cues(rule)
        return found
