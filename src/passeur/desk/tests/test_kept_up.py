"""Events alone keep the entries what a judgement of everything would make them; and cost by what changed."""

import contextlib
import datetime as dt
import random
from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from passeur.accounts import services as accounts
from passeur.communities import services as communities
from passeur.communities.choices import Role
from passeur.conversations import services as conversations
from passeur.conversations.choices import ClosedReason, Kind, Meaning, Part
from passeur.conversations.services import searching
from passeur.conversations.tests.factories import ContributionFactory, ConversationFactory, ReactionFactory
from passeur.engagement.services import rolling
from passeur.expertise import services as expertise
from passeur.expertise.choices import DeclineReason
from passeur.expertise.tests.factories import ReferralFactory
from passeur.foundation.errors import PasseurError
from passeur.foundation.tests.chance import by_chance
from passeur.records import protocols as xapi
from passeur.records.services import courses, tying
from passeur.records.tests.factories import CourseTieFactory, record, said
from passeur.skills.tests.factories import ThemeFactory

from .. import services
from ..choices import Snooze, View
from ..models import Entry, Step
from ..queries.entries import Reader, page_of
from .factories import Place, lists

pytestmark = pytest.mark.django_db
Contribution, Conversation, Reaction, Referral, CourseTie = (
    factory._meta.get_model_class()
    for factory in (
        ContributionFactory,
        ConversationFactory,
        ReactionFactory,
        ReferralFactory,
        CourseTieFactory,
    )
)
AHEAD = [dt.timedelta(days=n) for n in (0, 0.5, 1, 2, 4, 6, 8, 16, 31, 62, 120, 400)]


def at_the_time(moment):
    """The clock stands at that moment, also where a model has it by default."""

    class Then(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    return mock.patch("django.utils.timezone.datetime", Then)


class NothingYet(Exception):
    """There is none of it to do something with."""


class Year:
    """People of a community doing what people do, at random, while time passes."""

    def __init__(self, seed):
        self.dice, self.done = random.Random(seed), set()
        self.now = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.UTC)
        self.place = Place(now=self.now)
        self.lcm = self.place.manager
        self.people = [self.place.member(f"Membre {n}", days=self.dice.uniform(0, 120)) for n in range(6)]
        self.themes = [ThemeFactory.create(community=self.place.community) for _ in range(2)]
        services.fill(self.place.community, now=self.now)

    def somebody(self):
        return self.dice.choice([*self.people, self.lcm])

    def a(self, model, **fields):
        known = list(model.objects.filter(**fields).order_by("pk"))
        if not known:
            raise NothingYet
        return self.dice.choice(known)

    def ask(self):
        kind = self.dice.choice([Kind.QUESTION] * 4 + [Kind.DISCUSSION, Kind.EXPERIENCE])
        themes = self.dice.sample(self.themes, self.dice.randrange(3))
        conversations.start_conversation(
            community=self.place.community, kind=kind, title="Comment faire ?", body="Dites-moi.",
            by=self.somebody(), themes=themes,
        )  # fmt: skip

    def reply(self):
        conversations.contribute(conversation=self.a(Conversation), body="Voici.", by=self.somebody())

    def comment(self):
        conversations.comment(on=self.a(Contribution), body="Merci.", by=self.somebody())

    def delete(self):
        conversations.delete(contribution=self.a(Contribution), by=self.lcm)

    def restore(self):
        gone = self.a(Contribution, deleted_at__isnull=False)
        conversations.restore(contribution=gone, by=self.lcm)

    def accept(self):
        answer = self.a(Contribution, part=Part.ANSWER, deleted_at=None)
        question = answer.conversation
        conversations.accept_answer(answer=answer, question=question, by=question.author)

    def close(self):
        conversations.close(conversation=self.a(Conversation), reason=ClosedReason.OFF_TOPIC, by=self.lcm)

    def reopen(self):
        conversations.reopen(conversation=self.a(Conversation), by=self.lcm)

    def react(self):
        text = self.a(Contribution, deleted_at=None)
        for person in [*self.people, self.lcm]:
            if self.dice.random() < 0.8 and person.pk != text.author_id:
                conversations.react(contribution=text, meaning=Meaning.HELPS, by=person)

    def take_back_a_reaction(self):
        said = self.a(Reaction)
        conversations.react(contribution=said.contribution, meaning=said.meaning, by=said.member)

    def retheme(self):
        themes = self.dice.sample(self.themes, self.dice.randrange(3))
        conversations.set_themes(conversation=self.a(Conversation), themes=themes, by=self.lcm)

    def search(self):
        words = self.dice.choice(["macro inventaire", "bilan carbone"])
        searching.remember_miss(text=words, communities=[self.place.community])

    def refer(self):
        question = self.a(Conversation, kind=Kind.QUESTION)
        expertise.refer(conversation=question, to=self.somebody(), by=self.lcm)

    def decline(self):
        asked = self.a(Referral)
        expertise.decline_referral(referral=asked, reason=DeclineReason.NOT_MY_SUBJECT, by=asked.member)

    def change_goal(self):
        place = self.place.community
        communities.update_community(
            community=place, name=place.name, purpose=place.purpose, entry=place.entry,
            language=place.language, time_zone=self.dice.choice(["Europe/Paris", "America/Montreal"]),
            first_reply_goal=self.dice.choice([4, 24, 48]), verified_for=365, quiet_from=dt.time(19),
            quiet_until=self.dice.choice([dt.time(8), dt.time(19)]), by=self.lcm,
        )  # fmt: skip

    def promote(self):
        role = self.dice.choice([Role.MEMBER, Role.LCM, Role.EXPERT])
        communities.change_role(
            community=self.place.community, member=self.dice.choice(self.people), role=role, by=self.lcm
        )

    def shut(self):
        member = self.dice.choice(self.people)
        member.refresh_from_db()
        change = accounts.close_account if member.is_active else accounts.reopen_account
        change(member=member, by=self.administrator)

    def gesture(self):
        entry = self.a(Entry, begins__lte=self.now, ends__gt=self.now)
        where = {"community": self.place.community, "key": entry.key, "by": self.lcm}
        if self.dice.random() < 0.5:
            services.put_done(**where)
        else:
            services.snooze(**where, until=self.dice.choice(list(Snooze)))

    def undo(self):
        step = self.a(Step, undone_at=None)
        services.undo(step=step, by=self.lcm)

    @property
    def administrator(self):
        self.lcm.is_staff = self.lcm.is_superuser = True
        self.lcm.save()
        return self.lcm

    DEEDS: list[Any] = [
        ask, ask, ask, reply, reply, comment, delete, restore, accept, close, reopen, react, react,
        take_back_a_reaction, retheme, search, search, refer, decline, change_goal, promote, shut, gesture,
        gesture, undo,
    ]  # fmt: skip

    def live(self, deeds, run_jobs):
        for _ in range(deeds):
            self.now += dt.timedelta(hours=self.dice.choice([1, 5, 30, 30, 24 * 5]))
            with at_the_time(self.now):
                deed = self.dice.choice(self.DEEDS)
                with contextlib.suppress(PasseurError, PermissionDenied, NothingYet):
                    deed(self)
                    self.done.add(deed.__name__)
                run_jobs()


class YearOfCourses(Year):
    """The same, of people who learn on a platform."""

    VERBS = ["initialized", "failed", "failed", "failed", "completed"]

    def __init__(self, seed):
        super().__init__(seed)
        self.people += [self.place.member(f"Apprenti {n}", days=100) for n in range(5)]
        self.courses = [self.place.course(f"Cours {n}") for n in range(2)]
        services.fill(self.place.community, now=self.now)

    def learn(self):
        course, verb = self.dice.choice(self.courses), self.dice.choice(self.VERBS)
        whole = {"id": course.iri}
        part = {"object": {"id": f"{course.iri}/test"}, "context": {"contextActivities": {"parent": [whole]}}}
        told = {"object": whole} if self.dice.random() < 0.2 else part
        learner = self.dice.choice(self.people)
        record(
            said(
                actor=xapi.agent(learner.pk),
                verb={"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
                timestamp=self.now.isoformat(),
                **told,
            )
        )
        courses.read_on()
        rolling.advance_all()

    def begin_together(self):
        for _ in range(6):
            self.learn()

    def tie(self):
        course = self.dice.choice(self.courses)
        tying.tie(
            course=course, community=self.place.community, theme=self.dice.choice(self.themes), by=self.lcm
        )

    def untie(self):
        tying.untie(tie=self.a(CourseTie), by=self.lcm)

    def say(self):
        member = self.dice.choice(self.people)
        accounts.set_choice(member=member, key="records.courses", on=self.dice.random() < 0.7)

    def wait(self):
        self.now += dt.timedelta(days=9)

    DEEDS = [
        learn, learn, learn, learn, begin_together, begin_together, tie, untie, say, wait, wait,
        Year.promote, Year.shut, Year.gesture, Year.undo,
    ]  # fmt: skip


class YearOfCompany(YearOfCourses):
    """The same, and now and then somebody says something to somebody."""

    def see(self):
        member = self.dice.choice(self.people)
        accounts.set_choice(member=member, key="engagement.company", on=self.dice.random() < 0.8)

    DEEDS = [
        YearOfCourses.begin_together, YearOfCourses.say, YearOfCourses.wait, see, Year.ask, Year.reply,
        Year.reply, Year.delete, Year.restore, Year.react, Year.take_back_a_reaction, Year.shut, Year.gesture,
    ]  # fmt: skip


def seen(place, now):
    """What the lists say now and later, without anything being judged."""
    found = []
    for ahead in AHEAD:
        reader = Reader(place.manager, [place.community], now + ahead)
        found.append(
            [
                [
                    (e.subject, e.key, e.weight, e.horizon, e.since, e.step_id)
                    for e in page_of(reader, view, 0, 500)
                ]
                for view in (View.TODAY, View.WEEK, View.SNOOZED)
            ]
        )
    return found


@pytest.mark.long
@pytest.mark.parametrize("seed", by_chance(range(6)))
def test_after_any_year_the_entries_are_those_of_a_full_judgement(seed, run_jobs):
    year, stood = Year(seed), 0
    for _month in range(4):
        year.live(20, run_jobs)
        kept = seen(year.place, year.now)
        Entry.objects.all().delete()
        with at_the_time(year.now):
            services.fill(year.place.community, now=year.now)
        assert kept == seen(year.place, year.now)
        stood += sum(len(page) for pages in kept for page in pages)
    assert stood > 50


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "seed"),
    [
        *by_chance([(YearOfCourses, 0), (YearOfCourses, 1), (YearOfCourses, 2)]),
        *by_chance([(YearOfCompany, 0), (YearOfCompany, 1)]),
    ],
)
def test_after_a_year_of_courses_and_of_company_too(kind, seed, run_jobs):
    year = kind(seed)
    rules: set[str] = set()
    for _month in range(3):
        year.live(16, run_jobs)
        kept = seen(year.place, year.now)
        Entry.objects.all().delete()
        with at_the_time(year.now):
            services.fill(year.place.community, now=year.now)
        assert kept == seen(year.place, year.now)
        rules.update(key.partition(":")[0] for pages in kept for page in pages for _, key, *_ in page)
    expected = {"alone-everywhere"} if kind is YearOfCompany else {"course-finished", "course-stuck"}
    assert expected & rules


@pytest.mark.walk
def test_the_years_are_full(run_jobs):
    """Most kinds of deeds happen in a year: refusals are not all there is."""
    year = Year(0)
    year.live(120, run_jobs)
    assert len(year.done) >= 16


def a_day(place, member, run_jobs):
    """What one question, one answer and one reaction cost: queries, and rows of the desk that were read."""
    with CaptureQueriesContext(connection) as queried:
        asked = conversations.start_conversation(
            community=place.community, kind=Kind.QUESTION, title="Comment ?", body="Ainsi.", by=member
        )
        answer = conversations.contribute(conversation=asked, body="Voici.", by=place.manager)
        conversations.react(contribution=answer, meaning=Meaning.HELPS, by=member)
    before = len(queried)
    with (
        CaptureQueriesContext(connection) as judged,
        mock.patch.object(Entry, "from_db", side_effect=Entry.from_db) as read,
    ):
        run_jobs()
    desk = [query for query in judged.captured_queries if "desk_entry" in query["sql"]]
    return before, len(desk), read.call_count


def test_a_days_change_costs_by_the_change_not_by_the_community(run_jobs):
    place = Place()
    member = place.member("Karim Haddad")
    services.fill(place.community)
    small = a_day(place, member, run_jobs)
    for n in range(40):
        place.asked(place.member(f"Ada {n}", days=8), hours=30 + n)
    services.fill(place.community)
    assert Entry.objects.count() > 40
    assert a_day(place, place.member("Mei Tran"), run_jobs) == small


def test_nothing_is_written_when_nothing_changed():
    place = Place()
    place.asked(place.member("Karim Haddad"), hours=26)
    services.fill(place.community)
    kept = set(Entry.objects.values_list("pk", flat=True))
    services.fill(place.community)
    assert set(Entry.objects.values_list("pk", flat=True)) == kept


def test_a_clock_set_back_finds_the_desk_as_it_was():
    place = Place()
    asked = place.asked(place.member("Karim Haddad"), hours=26)
    services.fill(place.community, now=place.now + dt.timedelta(hours=30))
    back = lists(place.manager, [place.community], place.now)
    assert [line.cue.conversation for line in back.today] == [asked]
    early = lists(place.manager, [place.community], place.now - dt.timedelta(hours=3))
    assert early.today == []


def test_what_nobody_took_in_yet_is_not_shown_and_counts_follow():
    place = Place()
    first, second = (place.asked(place.member(name), hours=26) for name in ("Karim", "Ada"))
    services.fill(place.community)
    place.wrote(first, place.manager, hours=1)  # by a factory: no event, no job
    page = services.open_desk(place.manager, [place.community])
    assert [line.cue.conversation for line in page.lines] == [second]
    assert page.counts[View.TODAY] == 1
