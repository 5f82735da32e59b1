import datetime as dt

import pytest
from django.utils import translation

from passeur.accounts import queries as accounts
from passeur.accounts import services as choosing
from passeur.communities.tests.factories import CommunityFactory
from passeur.outreach.tests.factories import NoteFactory
from passeur.records.tests.factories import CourseFactory
from passeur.skills.tests.factories import ThemeFactory

from .. import services
from ..choices import Horizon, View
from ..services.gestures import Given

pytestmark = pytest.mark.django_db
RULE = "course-finished"
Note = NoteFactory._meta.model


@pytest.fixture
def ada(place):
    return place.member("Ada Lovelace")


@pytest.fixture
def theme(place):
    return ThemeFactory.create(community=place.community, name="Stocks")


def test_who_finished_a_course_is_invited_to_share_and_asked_to_help(place, ada, theme):
    place.learns(ada, place.course(theme=theme), days=20, finished=2)
    cue = place.cue(RULE)
    assert cue.title == "Ada Lovelace a terminé «\xa0Tenir ses stocks\xa0»"
    assert "<b>Stocks</b>" in cue.why
    assert [(move.name, move.person) for move in cue.moves] == [("write_to", ada), ("ask_to_help", ada)]
    assert "Tenir ses stocks" in cue.moves[0].draft
    assert "«\xa0Stocks\xa0»" in cue.moves[1].draft
    assert (list(cue.people), cue.horizon, cue.waiting) == ([ada.pk], Horizon.WEEK, None)


def test_a_course_of_the_whole_community_makes_no_expert(place, ada):
    place.learns(ada, place.course(), days=20, finished=2)
    assert [move.name for move in place.cue(RULE).moves] == ["write_to"]


def test_it_lasts_a_month(place, ada):
    place.learns(ada, place.course(), days=90, finished=30 - 1 / 24)
    assert len(place.cues(RULE)) == 1
    assert place.cues(RULE, now=place.now + dt.timedelta(hours=2)) == []


def test_a_course_that_goes_on_is_nobodys_business(place, ada):
    place.learns(ada, place.course(), days=20, advanced=1)
    assert place.cues(RULE) == []


def test_nor_is_one_that_the_community_has_nothing_to_do_with(place, ada):
    place.learns(ada, CourseFactory.create(), days=20, finished=1)
    assert place.cues(RULE) == []


def test_only_the_lcm_of_a_community_of_theirs_sees_it(place, ada):
    course = place.course()
    stranger = place.member("Zoé Petit")
    stranger.memberships.update(community=CommunityFactory.create())
    place.learns(stranger, course, days=20, finished=1)
    place.learns(place.manager, course, days=20, finished=1)
    assert place.cues(RULE) == []


def test_whoever_said_no_is_not_in_it_from_that_moment(place, ada, run_jobs):
    place.learns(ada, place.course(), days=20, finished=2)
    assert [line.cue.rule.name for line in place.lists().week] == [RULE]
    choosing.set_choice(member=ada, key="records.courses", on=False)
    run_jobs()
    assert place.cues(RULE) == []
    assert services.open_desk(place.manager, [place.community]).counts[View.WEEK] == 0


def test_the_person_reads_that_it_is_inferred_from_what_and_how_to_stop_it(place, ada):
    place.learns(ada, place.course(), days=20, finished=2)
    place.lists()
    with translation.override("fr"):
        (line,) = [one for one in accounts.told(ada).known if "Cours terminé" in one.what]
    assert line.is_inferred
    assert line.evidence == ("Déduit des traces de votre plateforme de formation",)
    assert line.moves[0].fields == (("key", "records.courses"),)


def test_asking_for_help_sends_a_note_and_the_cue_goes(place, ada, theme):
    place.learns(ada, place.course(theme=theme), days=20, finished=2)
    cue = place.cue(RULE)
    services.move(
        community=place.community,
        key=cue.key,
        slug=f"ask_to_help-{ada.pk}",
        given=Given(text="Accepteriez-vous ?"),
        by=place.manager,
    )
    assert Note.objects.get().to == ada
    assert place.lists().week == []
