"""How far people are in courses, as statements tell it; and a real week of two of them."""

from typing import Any

import pytest

from passeur.accounts import queries as accounts
from passeur.accounts import services as choosing
from passeur.accounts.tests.factories import MemberFactory
from passeur.algorithms.xapi import courses as rules
from passeur.algorithms.xapi import keys
from passeur.communities.tests.factories import MembershipFactory

from ..models import Course, CourseSilence, Learning
from ..queries import learning
from ..services import courses
from .factories import (
    ClientFactory,
    CourseSilenceFactory,
    CourseTieFactory,
    LearningFactory,
    ago,
    record,
    said,
)

COURSE: dict[str, Any] = {
    "id": "https://lms.example/course/1",
    "definition": {"type": "http://adlnet.gov/expapi/activities/course", "name": {"fr": "Tenir ses stocks"}},
}
ADL = "http://adlnet.gov/expapi/verbs/"
LUCIE = keys.key_of_mailbox("lucie@lms.example")


def never(key):
    return False


def part(verb, *, name="video-1", course=COURSE, way="parent", **more):
    """Something done with a part of a course."""
    return said(
        verb={"id": verb},
        object={"id": f"https://lms.example/{name}"},
        context={"contextActivities": {way: [course]}},
        **more,
    )


def whole(verb, **more):
    return said(verb={"id": verb}, object=COURSE, **more)


def only(statement):
    (step,) = rules.steps(statement, never)
    return step.finishes, step.advances, step.fails


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (whole(f"{ADL}initialized"), (False, False, False)),
        (part(f"{ADL}experienced"), (False, False, False)),
        (part(f"{ADL}completed"), (False, True, False)),
        (part(f"{ADL}progressed"), (False, True, False)),
        (part(f"{ADL}attempted", result={"success": True}), (False, True, False)),
        (part(f"{ADL}attempted", result={"success": False}), (False, False, True)),
        (part(f"{ADL}completed", result={"success": False, "completion": True}), (False, False, True)),
        (part(f"{ADL}failed", way="grouping"), (False, False, True)),
        (part(f"{ADL}answered", result={"success": False}), (False, False, False)),
        (whole(f"{ADL}completed"), (True, True, False)),
        (whole("http://activitystrea.ms/schema/1.0/complete"), (True, True, False)),
        (whole(f"{ADL}terminated", result={"completion": True}), (True, True, False)),
        (whole(f"{ADL}failed"), (False, False, True)),
    ],
)
def test_what_a_statement_says_of_a_course(statement, told):
    assert only(statement) == told


def test_a_course_is_the_object_or_stands_among_parents_or_grouping():
    elsewhere = part(f"{ADL}completed", way="other")
    assert list(rules.steps(elsewhere, never)) == []
    unsaid = part(f"{ADL}completed", course={"id": COURSE["id"]})
    assert list(rules.steps(unsaid, never)) == []
    (known,) = rules.steps(unsaid, lambda key: key == keys.key_of(COURSE["id"]))
    assert known.iri == COURSE["id"]


@pytest.mark.django_db
class TestReading:
    def test_a_course_is_found_though_its_program_may_define_nothing(self):
        record(part(f"{ADL}experienced"), client=ClientFactory.create(scopes=["statements/write"]))
        courses.read_on()
        assert Course.objects.get().name == {"fr": "Tenir ses stocks"}

    def test_moments_are_the_same_in_whatever_order_they_come(self):
        def told(hours):
            return ago(hours=hours).isoformat()

        statements = [
            whole(f"{ADL}initialized", timestamp=told(50)),
            part(f"{ADL}failed", name="quiz", timestamp=told(40)),
            part(f"{ADL}completed", timestamp=told(30)),
            part(f"{ADL}failed", name="quiz", timestamp=told(20)),
            part(f"{ADL}failed", name="quiz", timestamp=told(10)),
        ]
        client = ClientFactory.create()
        found: list[Any] = []
        for order in (statements, statements[::-1]):
            Learning.objects.all().delete()
            for number, one in enumerate(order):
                record(
                    {**one, "id": f"0000000{len(found)}-0000-4000-8000-00000000000{number}"}, client=client
                )
                courses.read_on(step=1)
            row = Learning.objects.get(agent=LUCIE)
            found.append((row.begun_at, row.last_at, row.advanced_at, row.finished_at, row.failed))
        assert found[0] == found[1]
        assert len(found[0][4]) == 3

    def test_read_twice_it_says_the_same_and_nothing_is_read_again(self):
        record(whole(f"{ADL}completed"))
        assert courses.read_on() == 1
        assert courses.read_on() == 0
        assert Learning.objects.get().finished_at is not None

    def test_what_was_voided_is_said_no_more(self):
        (done,) = record(whole(f"{ADL}completed", timestamp=ago(hours=5).isoformat()))
        record(part(f"{ADL}experienced", timestamp=ago(hours=9).isoformat()))
        courses.read_on()
        record(said(verb={"id": f"{ADL}voided"}, object={"objectType": "StatementRef", "id": done}))
        courses.read_on()
        row = Learning.objects.get()
        assert (row.finished_at, row.advanced_at) == (None, None)

    def test_who_only_did_what_was_voided_is_in_no_course(self):
        (only_one,) = record(whole(f"{ADL}completed"))
        courses.read_on()
        record(said(verb={"id": f"{ADL}voided"}, object={"objectType": "StatementRef", "id": only_one}))
        courses.read_on()
        assert not Learning.objects.exists()

    def test_videos_of_a_course_are_steps_in_it_and_do_not_finish_it(self):
        mooc = {"id": "course-v1:ECOLE+00002+session01", "definition": {"type": COURSE["definition"]["type"]}}
        record(
            part("https://w3id.org/xapi/video/verbs/played", course=mooc),
            part(f"{ADL}completed", course=mooc),
            part("https://w3id.org/xapi/video/verbs/paused", course=mooc, name="video-2"),
        )
        courses.read_on()
        row = Learning.objects.get()
        assert row.course.iri == mooc["id"]
        assert (row.advanced_at is not None, row.finished_at) == (True, None)


@pytest.mark.django_db
class TestLearners:
    def test_only_in_a_community_tied_to_the_course_and_unless_they_said_no(self):
        place, other = MembershipFactory.create(), MembershipFactory.create()
        tie = CourseTieFactory.create(community=place.community)
        LearningFactory.create(course=tie.course, member=place.member)
        pairs = [(place.community_id, place.member_id), (other.community_id, place.member_id)]
        (found,) = learning.of_members(pairs)
        assert (found.community, found.member, found.course) == (*pairs[0], tie.course_id)
        assert [one.member for one in learning.of_courses([(place.community_id, tie.course_id)])] == [
            place.member_id
        ]
        choosing.set_choice(member=place.member, key="records.courses", on=False)
        assert learning.of_members(pairs) == []
        assert learning.of_courses([(place.community_id, tie.course_id)]) == []
        choosing.set_choice(member=place.member, key="records.courses", on=True)
        assert len(learning.of_members(pairs)) == 1

    def test_one_person_known_in_two_ways_is_once_in_a_course(self):
        place = MembershipFactory.create()
        tie = CourseTieFactory.create(community=place.community)
        first = LearningFactory.create(course=tie.course, member=place.member, begun_at=ago(hours=9))
        LearningFactory.create(course=tie.course, member=place.member, finished_at=ago(hours=2))
        (found,) = learning.of_members([(place.community_id, place.member_id)])
        assert found.begun_at == first.begun_at
        assert found.finished_at is not None

    def test_the_person_reads_it_as_inferred_with_a_way_to_switch_it_off(self):
        place = MembershipFactory.create()
        tie = CourseTieFactory.create(community=place.community)
        LearningFactory.create(course=tie.course, member=place.member)
        (line,) = [one for one in accounts.told(place.member).known if "Tenir ses stocks" in one.what]
        assert line.is_inferred
        assert line.evidence
        assert line.moves[0].fields == (("key", "records.courses"),)
        choosing.set_choice(member=place.member, key="records.courses", on=False)
        (line,) = [one for one in accounts.told(place.member).known if "Tenir ses stocks" in one.what]
        assert not line.moves
        assert line.seen_by.startswith("Personne")

    def test_the_erased_are_in_no_course(self):
        member = MemberFactory.create()
        LearningFactory.create(member=member)
        CourseSilenceFactory.create(member=member)
        choosing.erase(member=member, by=member)
        choosing.finish_erasures()
        assert not Learning.objects.exists()
        assert not CourseSilence.objects.exists()

    def test_what_is_past_its_time_is_forgotten_a_finished_course_later(self):
        unfinished = LearningFactory.create(begun_at=ago(weeks=14))
        finished = LearningFactory.create(begun_at=ago(weeks=14), finished_at=ago(weeks=14))
        LearningFactory.create(begun_at=ago(weeks=200), finished_at=ago(weeks=200))
        courses.forget(ago(weeks=13), ago(weeks=156))
        assert list(Learning.objects.all()) == [finished]
        assert unfinished.pk != finished.pk
