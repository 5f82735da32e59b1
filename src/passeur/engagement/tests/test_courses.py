"""What people do in a course counts where it is tied: from then on, for its past, and no more once untied."""

import pytest

from passeur.communities.tests.factories import ManagerFactory
from passeur.records.queries import courses as records
from passeur.records.services import tying
from passeur.records.tests.factories import CourseFactory, CourseTieFactory, record, said
from passeur.skills.tests.factories import ThemeFactory

from ..models import Scope, Tally, Total
from ..services import recounting, rolling

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return CourseFactory.create()


def learn(course, times=1):
    video = {"id": "https://lms.example/video/1"}
    context = {"contextActivities": {"parent": [{"id": course.iri}]}}
    record(*(said(object=video, context=context) for _ in range(times)))


def counted(community, theme=0):
    return sum(Total.objects.filter(community=community.pk, theme=theme).values_list("statements", flat=True))


def everything():
    return sorted(Tally.objects.values_list("day", "actor", "verb", "statements", "place"))


def test_it_counts_in_the_theme_and_those_above_it(course):
    above = ThemeFactory.create()
    theme = ThemeFactory.create(community=above.community, parent=above)
    CourseTieFactory.create(course=course, community=theme.community, theme=theme)
    learn(course, 3)
    rolling.advance_all()
    assert [counted(theme.community, one) for one in (0, theme.pk, above.pk)] == [3, 3, 3]


def test_its_past_counts_from_the_moment_it_is_tied_and_not_after_it_is_untied(course):
    place = ManagerFactory.create()
    learn(course, 2)
    rolling.advance_all()
    assert counted(place.community) == 0
    tie = tying.tie(course=course, community=place.community, theme=None, by=place.member)
    rolling.follow_courses()
    assert counted(place.community) == 2
    learn(course)
    rolling.advance_all()
    assert counted(place.community) == 3
    tying.untie(tie=tie, by=place.member)
    rolling.advance_all()
    assert counted(place.community) == 0
    learn(course)
    rolling.advance_all()
    assert counted(place.community) == 0


def test_tied_again_it_counts_again_and_a_recount_says_the_same(course):
    place = ManagerFactory.create()
    learn(course, 2)
    for _ in range(2):
        tie = tying.tie(course=course, community=place.community, theme=None, by=place.member)
        rolling.advance_all()
        tying.untie(tie=tie, by=place.member)
        rolling.advance_all()
    tying.tie(course=course, community=place.community, theme=None, by=place.member)
    rolling.advance_all()
    assert counted(place.community) == 2
    before = everything()
    recounting.recount()
    assert everything() == before


def test_a_community_keeps_its_own_place_beside_that_of_a_course(course):
    tie = CourseTieFactory.create(course=course)
    learn(course)
    rolling.advance_all()
    assert set(Scope.objects.filter(community=tie.community_id).values_list("is_course", flat=True)) == {
        True,
        False,
    }
    assert records.scopes_of_ties() == {(course.key, tie.community_id, 0)}


def test_it_is_no_part_in_the_exchanges_of_the_community(course):
    from ..models import Presence

    tie = CourseTieFactory.create(course=course)
    learn(course)
    rolling.advance_all()
    assert not Presence.objects.filter(community=tie.community_id).exists()
