"""One notice a person, object and kind, whatever happens how often; nobody without an account."""

import pytest

from passeur.accounts.tests.factories import ImportedMemberFactory, MemberFactory

from .. import queries, services
from ..models import Notice
from .factories import ChoiceFactory

pytestmark = pytest.mark.django_db


def tell(*people, object=1, what=None, kind="thing", subject=""):
    to = [person.pk for person in people]
    services.tell(kind, to=to, object=object, subject=subject or f"thing:{object}", what=what)


def test_what_happens_next_joins_the_notice(things, anais):
    tell(anais, what=11)
    tell(anais, what=12)
    [notice] = Notice.objects.all()
    assert (notice.happened, notice.unread, notice.unmailed) == ([11, 12], [11, 12], [11, 12])


def test_the_same_happening_twice_changes_nothing(things, anais):
    tell(anais, what=11)
    before = Notice.objects.values().get()
    services.seen(anais, subject="thing:1")
    tell(anais, what=11)
    after = Notice.objects.values().get()
    assert after == {**before, "unread": [], "unmailed": [], "due_at": None}


def test_other_objects_kinds_and_people_have_notices_of_their_own(things, anais):
    other = MemberFactory.create()
    tell(anais, other)
    tell(anais, object=2)
    tell(anais, kind="aside")
    assert Notice.objects.count() == 4


def test_a_notice_holds_the_last_fifty(things, anais):
    for what in range(60):
        tell(anais, what=what)
    assert Notice.objects.get().happened == list(range(10, 60))


def test_nobody_without_an_account_is_told(things, anais):
    anais.is_active = False
    anais.save()
    tell(anais, ImportedMemberFactory.create(), MemberFactory.create(is_machine=True))
    assert not Notice.objects.exists()


def test_a_kind_that_no_room_registered_is_a_mistake(anais):
    with pytest.raises(LookupError):
        tell(anais, kind="no-such")


def test_many_people_are_told_in_as_many_statements_as_one(things, django_assert_num_queries):
    people = MemberFactory.create_batch(20)
    with django_assert_num_queries(4):  # the transaction's own two, and one for their open pages
        tell(*people)
    assert Notice.objects.count() == 20


def test_the_dot_goes_out_when_the_page_was_opened_and_comes_back_with_news(things, anais):
    assert not queries.has_news(anais)
    tell(anais)
    assert queries.has_news(anais)
    services.look(anais)
    assert not queries.has_news(anais)
    tell(anais, what=9)
    assert queries.has_news(anais)
    services.seen(anais, subject="thing:1")
    assert not queries.has_news(anais)


def test_what_one_wants_to_hear_nothing_of_lights_no_dot_and_is_in_no_list(things, anais):
    ChoiceFactory.create(member=anais, kind="thing", way="none")
    tell(anais)
    assert not queries.has_news(anais)
    assert queries.listed(anais).groups == []


def test_lines_about_one_thing_stand_together_newest_first(things, anais):
    tell(anais, object=1)
    tell(anais, object=2)
    tell(anais, object=1, kind="aside", subject="thing:1")
    first, second = queries.listed(anais).groups
    assert [one.kind.slug for one in first.shown] == ["aside", "thing"]
    assert [one.notice.object for one in second.shown] == [2]


def test_what_one_may_not_see_any_more_is_not_shown_and_rights_are_asked_each_time(things, anais):
    tell(anais)
    things.hidden = {1}
    assert queries.listed(anais).groups == []
    assert queries.one_of(anais, Notice.objects.get().pk) is None
    things.hidden = set()
    assert len(queries.listed(anais).groups) == 1


def test_taken_back_it_is_gone(things, anais):
    tell(anais)
    assert services.take_back("thing", 1)
    assert not Notice.objects.exists()
