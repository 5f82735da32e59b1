"""Ties from forums of elsewhere, in statements as plug-ins of learning platforms send them."""

import random
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from passeur.accounts.tests.factories import MemberFactory
from passeur.algorithms.xapi.objects import VOIDED
from passeur.communities.tests.factories import ManagerFactory
from passeur.foundation.tests.chance import by_chance
from passeur.records import protocols as records
from passeur.records.services import tying
from passeur.records.tests.factories import (
    AgentFactory,
    ClientFactory,
    CourseFactory,
    CourseTieFactory,
    record,
    said,
)

from ..models import Actor, Response, Tie, Writing
from ..services import erasing, people, recounting, rolling

pytestmark = pytest.mark.django_db
MOODLE = "https://lms.example/mod/forum"
TINCAN, STREAMS, ADL = (
    "http://id.tincanapi.com/",
    "http://activitystrea.ms/schema/1.0/",
    "http://adlnet.gov/expapi/verbs/",
)
DAY = "2026-11-10"


def agent(name):
    return {"account": {"homePage": "https://lms.example", "name": name}}


def discussion(number=1):
    return {
        "id": f"{MOODLE}/discuss.php?d={number}",
        "definition": {"type": f"{TINCAN}activitytype/discussion"},
    }


def statement(name, verb, thing, *, day=DAY, parent=(), grouping=(), agents=()):
    activities = {"parent": list(parent), "grouping": list(grouping)}
    context: dict[str, Any] = {
        "contextActivities": {way: given for way, given in activities.items() if given}
    }
    if agents:
        context["contextAgents"] = [{"objectType": "contextAgent", "agent": agent(one)} for one in agents]
    return said(
        actor=agent(name), verb={"id": verb}, object=thing, timestamp=f"{day}T10:00:00Z", context=context
    )


def opened(name="ana", number=1, **more):
    """A discussion is begun, as both usual recipes tell it."""
    return statement(name, f"{STREAMS}create", discussion(number), **more)


def replied(name="ben", number=1, **more):
    """A reply in it: the object is the discussion, what is around it is the forum and the course."""
    forum = {"id": f"{MOODLE}/view.php?id=7", "definition": {"type": "http://vocab.xapi.fr/activities/forum"}}
    return statement(name, f"{TINCAN}verb/replied", discussion(number), parent=[forum], **more)


def posted(name, post, *, to, verb=f"{ADL}responded"):
    """A post of its own, whose parent is the post it replies to."""
    thing = {"id": f"{MOODLE}/post/{post}", "definition": {"type": f"{TINCAN}activitytype/forum-reply"}}
    return statement(name, verb, thing, parent=[{"id": to}])


def ties():
    """(source, target, replies, community), by the names of the platform."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.value, t.value, e.replies, e.community FROM engagement_tie e"
            " JOIN engagement_actor a ON a.id = e.source JOIN records_agent s ON s.key = a.key"
            " JOIN engagement_actor b ON b.id = e.target JOIN records_agent t ON t.key = b.key ORDER BY 1, 2"
        )
        return [(source, target, replies) for source, target, replies, _ in cursor.fetchall()]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_reply_makes_a_tie_whichever_comes_first(order):
    told = [opened(), replied(), replied("chloe")]
    for place in order:
        record(told[place])
        rolling.advance_all()
    assert ties() == [("ben", "ana", 1), ("chloe", "ana", 1)]
    assert {str(day) for day in Tie.objects.values_list("day", flat=True)} == {DAY}


def test_posts_that_name_their_parent_tie_to_its_author_and_not_to_who_began():
    record(opened(), posted("ben", 2, to=discussion()["id"]))
    record(posted("chloe", 3, to=f"{MOODLE}/post/2", verb=f"{ADL}commented"))
    rolling.advance_all()
    assert ties() == [("ben", "ana", 1), ("chloe", "ben", 1)]


def test_agents_of_the_context_are_who_is_replied_to():
    record(opened(), statement("ben", f"{ADL}answered", discussion(), agents=["driss", "ben"]))
    rolling.advance_all()
    assert ties() == [("ben", "driss", 1)]


@pytest.mark.parametrize(
    "one",
    [
        statement("ben", f"{ADL}answered", discussion()),
        replied("ana"),
        replied("ben", number=9),
        statement("ben", f"{ADL}experienced", discussion()),
        statement("ben", f"{ADL}commented", agent("ana") | {"objectType": "Agent"}),
    ],
    ids=["a quiz is answered", "to oneself", "author not known", "only read", "no activity"],
)
def test_what_makes_none(one):
    record(opened(), one)
    rolling.advance_all()
    assert ties() == []


def test_two_authors_are_none():
    record(opened(), replied())
    rolling.advance_all()
    assert len(ties()) == 1
    (second,) = record(opened("driss"))
    rolling.advance_all()
    assert ties() == []
    record(said(verb={"id": VOIDED}, object={"objectType": "StatementRef", "id": second}))
    rolling.advance_all()
    assert ties() == [("ben", "ana", 1)]


@pytest.mark.parametrize("which", [0, 1], ids=["what was replied to", "the reply"])
def test_what_is_voided_unties(which):
    by = ClientFactory.create()
    ids = record(opened(), replied(), client=by)
    rolling.advance_all()
    record(said(verb={"id": VOIDED}, object={"objectType": "StatementRef", "id": ids[which]}), client=by)
    rolling.advance_all()
    assert ties() == []
    assert not Tie.objects.exists()


def test_it_counts_in_the_community_that_the_course_is_tied_to_from_then_on():
    course, place = CourseFactory.create(), ManagerFactory.create()
    record(opened(grouping=[{"id": course.iri}]), replied(grouping=[{"id": course.iri}]))
    rolling.advance_all()
    assert list(Tie.objects.values_list("community", flat=True)) == [0]
    tie = tying.tie(course=course, community=place.community, theme=None, by=place.member)
    rolling.follow_courses()
    assert list(Tie.objects.values_list("community", flat=True)) == [place.community.pk]
    tying.untie(tie=tie, by=place.member)
    rolling.advance_all()
    assert list(Tie.objects.values_list("community", flat=True)) == [0]


def test_two_members_are_tied_by_whatever_they_are_known_as():
    ana, ben = MemberFactory.create(), MemberFactory.create()
    record(opened() | {"actor": records.agent(ana.pk)}, replied())
    rolling.advance_all()
    AgentFactory._meta.model.objects.filter(value="ben").update(member=ben)
    people.resolve()
    tie = Tie.objects.get()
    assert Actor.objects.get(pk=tie.target).member == ana
    assert Actor.objects.get(pk=tie.source).member == ben


def test_who_is_erased_is_in_no_tie_and_nothing_comes_back():
    ana = MemberFactory.create()
    ids = record(opened() | {"actor": records.agent(ana.pk)}, replied())
    rolling.advance_all()
    erasing.erase(ana)
    assert not Tie.objects.exists()
    assert not Writing.objects.exists()
    record(said(verb={"id": VOIDED}, object={"objectType": "StatementRef", "id": ids[1]}))
    rolling.advance_all()
    assert not Tie.objects.exists()
    assert not Response.objects.exists()


@pytest.mark.parametrize("seed", by_chance(range(3)))
def test_in_any_order_and_portions_it_is_what_a_recount_finds(seed):
    dice, by = random.Random(seed), ClientFactory.create()
    course = CourseTieFactory.create().course
    names, told = ["ana", "ben", "chloe", "driss"], []
    for number in range(3):
        told += [opened(dice.choice(names), number, grouping=[{"id": course.iri}]) | {"id": str(uuid4())}]
        told += [
            replied(dice.choice(names), number, day=f"2026-11-{dice.randrange(10, 14)}") for _ in range(4)
        ]
        told += [posted(dice.choice(names), f"{number}-{n}", to=discussion(number)["id"]) for n in range(2)]
    told += [
        said(verb={"id": VOIDED}, object={"objectType": "StatementRef", "id": dice.choice(told)["id"]})
        for _ in range(4)
    ]
    dice.shuffle(told)
    while told:
        portion = dice.randrange(1, 6)
        record(*told[:portion], client=by)
        told = told[portion:]
        rolling.advance_all()
    made = sorted(ties())
    assert made
    recounting.recount()
    assert sorted(ties()) == made
