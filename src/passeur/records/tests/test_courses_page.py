"""The page of courses: who sees it, what they may tie where, and that it names nobody."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from passeur.accounts.tests.factories import AdministratorFactory, MemberFactory
from passeur.communities.tests.factories import (
    CommunityFactory,
    ManagerFactory,
    MembershipFactory,
    PrivateCommunityFactory,
)
from passeur.skills.tests.factories import ThemeFactory

from ..models import CourseTie
from .factories import CourseFactory, CourseTieFactory, LearningFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return CourseFactory.create()


@pytest.fixture
def place():
    return ManagerFactory.create()


def page(client, **asked):
    return client.get(reverse("records:courses"), asked).content.decode()


def test_members_do_not_see_it(client):
    client.force_login(MembershipFactory.create().member)
    assert client.get(reverse("records:courses")).status_code == 403


def test_an_lcm_ties_a_course_to_a_theme_and_unties_it(client, course, place):
    theme = ThemeFactory.create(community=place.community, name="Stocks")
    client.force_login(place.member)
    told = client.get(reverse("records:course", args=[course.pk])).content.decode()
    assert f'value="t{theme.pk}"' in told
    answer = client.post(reverse("records:course", args=[course.pk]), {"place": f"t{theme.pk}"})
    assert answer.status_code == 302
    tie = CourseTie.objects.get()
    assert (tie.community, tie.theme, tie.tied_by) == (place.community, theme, place.member)
    assert f"{place.community.name} · Stocks" in page(client)
    assert client.post(reverse("records:untie", args=[tie.pk])).status_code == 302
    assert not CourseTie.objects.exists()


def test_said_twice_it_is_tied_once(client, course, place):
    client.force_login(place.member)
    for _ in range(2):
        client.post(reverse("records:course", args=[course.pk]), {"place": f"c{place.community.pk}"})
    assert CourseTie.objects.count() == 1


def test_both_are_in_the_audit_log(client, course, place):
    from passeur.foundation.models import AuditEntry

    client.force_login(place.member)
    client.post(reverse("records:course", args=[course.pk]), {"place": f"c{place.community.pk}"})
    client.post(reverse("records:untie", args=[CourseTie.objects.get().pk]))
    acts = AuditEntry.objects.order_by("pk").values_list("act", "by", "community")
    who = (place.member.pk, place.community.pk)
    assert list(acts) == [("xapi-course.tied", *who), ("xapi-course.untied", *who)]


def test_an_lcm_ties_nothing_to_another_community(client, course, place):
    other = ThemeFactory.create()
    tie = CourseTieFactory.create()
    client.force_login(place.member)
    for wanted in (f"c{other.community_id}", f"t{other.pk}", "c0", "", "x"):
        assert client.post(reverse("records:course", args=[course.pk]), {"place": wanted}).status_code == 422
    assert client.post(reverse("records:untie", args=[tie.pk])).status_code == 404
    assert tie.community.name not in page(client)


def test_an_administrator_ties_to_a_private_community_and_reads_no_theme_of_it(client, course):
    theme = ThemeFactory.create(community=PrivateCommunityFactory.create(), name="Très discret")
    CourseTieFactory.create(community=theme.community, theme=theme)
    client.force_login(AdministratorFactory.create())
    told = page(client) + client.get(reverse("records:course", args=[course.pk])).content.decode()
    assert theme.community.name in told
    assert "Très discret" not in told
    client.post(reverse("records:course", args=[course.pk]), {"place": f"c{theme.community_id}"})
    assert CourseTie.objects.filter(course=course, theme=None).exists()


def test_what_is_loose_and_what_is_tied(client, place):
    tied, loose = CourseFactory.create(name={"fr": "Noué"}), CourseFactory.create(name={"fr": "Libre"})
    CourseTieFactory.create(course=tied, community=place.community)
    CourseTieFactory.create(course=loose)
    client.force_login(place.member)
    assert "Noué" in page(client, show="tied")
    assert "Libre" not in page(client, show="tied")
    assert "Libre" in page(client, show="loose")
    assert "Noué" not in page(client, show="loose")
    assert "Libre" in page(client, q="libr")
    assert "Noué" not in page(client, q="libr")
    assert client.get(reverse("records:courses"), {"show": "x"}).status_code == 400


def test_nobody_who_learns_is_named(client, course, place):
    learner = MemberFactory.create(name="Zénobie Quillévéré")
    LearningFactory.create(course=course, member=learner)
    CourseTieFactory.create(course=course, community=place.community)
    client.force_login(place.member)
    assert "Zénobie" not in page(client)


def test_a_course_without_a_name_stands_by_its_address(client, place):
    CourseFactory.create(name={}, iri="https://lms.example/course/sans-nom")
    client.force_login(place.member)
    shown = page(client)
    assert "<b>https://lms.example/course/sans-nom</b>" in shown
    assert "<span>https://lms.example/course/sans-nom</span>" not in shown  # it would stand there twice


def test_as_many_queries_for_many_courses(client, place):
    client.force_login(place.member)

    def asked():
        with CaptureQueriesContext(connection) as seen:
            page(client)
        return len(seen)

    def tie():
        theme = ThemeFactory.create(community=place.community)
        CourseTieFactory.create(community=place.community, theme=theme)

    tie()
    asked()
    few = asked()
    for _ in range(8):
        tie()
    CommunityFactory.create()
    assert asked() == few
