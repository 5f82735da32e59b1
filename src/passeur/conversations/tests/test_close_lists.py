"""What is close to a question is kept when questions change, and read by key: never stale, never too much."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from passeur.communities.tests.factories import CommunityFactory, MembershipFactory
from passeur.foundation import pure

from ..choices import Kind, Part
from ..models import Contribution, Conversation
from ..queries import texts
from ..services import similarity
from .factories import ContributionFactory, at, judged, question

pytestmark = pytest.mark.django_db

CloseList = apps.get_model("recommendations", "CloseList")
TITLES = ("Doublons de stocks", "Doublons de stocks du nord", "Qui a accès au dépôt ?", "Panne de la presse")


@pytest.fixture
def community():
    return CommunityFactory.create()


@pytest.fixture
def asked(community):
    """Questions that came one after the other, each followed by its job."""
    return [ask(community, title) for title in TITLES]


def ask(community, title):
    made = judged(question(community=community, title=title))
    similarity.index_questions([made.pk])
    return made


@pytest.fixture
def page(client, community):
    client.force_login(MembershipFactory.create(community=community).member)

    def read(conversation):
        answer = client.get(reverse("conversations:detail", args=[conversation.pk]))
        assert answer.status_code == 200
        return answer.content.decode().partition("Questions proches")[2].partition("</ul>")[0]

    return read


def searches(captured):
    return [one for one in captured if "gathered" in one["sql"]]


def lists():
    return {row.object_id: row.close for row in CloseList.objects.all()}


def test_the_first_who_reads_finds_the_list_made(asked, page):
    page(asked[2])
    with CaptureQueriesContext(connection) as first:
        assert TITLES[1] in page(asked[0])
    assert searches(first) == []


def test_a_list_that_was_not_made_is_made_for_who_reads_and_kept(asked, page):
    CloseList.objects.all().delete()
    with CaptureQueriesContext(connection) as first:
        assert TITLES[1] in page(asked[0])
    assert len(searches(first)) == 1
    pure.forget()
    with CaptureQueriesContext(connection) as second:
        assert TITLES[1] in page(asked[0])
    assert searches(second) == []


def test_what_is_kept_is_what_a_search_finds_in_whatever_order_questions_came(asked, page):
    kept = lists()
    assert len(kept) == len(asked)
    CloseList.objects.all().delete()
    for one in asked:
        page(one)
    assert lists() == kept


def test_a_new_question_enters_the_lists_that_were_made_before(asked, community, page):
    assert "Doublons de fichiers" not in page(asked[0])
    ask(community, "Doublons de fichiers")
    assert "Doublons de fichiers" in page(asked[0])


def test_a_new_title_leaves_old_lists_and_enters_others(asked, page):
    Conversation.objects.filter(pk=asked[1].pk).update(title="La presse est en panne")
    similarity.index_questions([asked[1].pk])
    assert "nord" not in page(asked[0])
    assert "La presse est en panne" not in page(asked[0])
    assert "La presse est en panne" in page(asked[3])
    assert TITLES[3] in page(asked[1])


HIDDEN = {
    "taken out": lambda one: Conversation.objects.filter(pk=one.pk).update(title=""),
    "no question any more": lambda one: Conversation.objects.filter(pk=one.pk).update(kind=Kind.DISCUSSION),
    "elsewhere": lambda one: Conversation.objects.filter(pk=one.pk).update(
        community=CommunityFactory.create()
    ),
    "gone": lambda one: (one.contributions.all().delete(), one.delete()),
}


@pytest.mark.parametrize("how", HIDDEN)
def test_what_may_not_be_shown_is_not_shown_even_before_its_job_ran(asked, page, how):
    assert TITLES[1] in page(asked[0])
    HIDDEN[how](asked[1])
    assert TITLES[1] not in page(asked[0])
    assert "Échange retiré" not in page(asked[0])
    similarity.index_questions([asked[1].pk])
    assert TITLES[1] not in page(asked[0])


def test_a_title_that_lost_a_name_is_read_without_it_at_once(asked, page):
    assert "du nord" in page(asked[0])
    Conversation.objects.filter(pk=asked[1].pk).update(title="Doublons de stocks de quelqu’un")
    assert "du nord" not in page(asked[0])


def test_the_list_of_what_is_gone_goes_with_it(asked):
    Contribution.objects.filter(conversation=asked[0], part=Part.OPENING).update(deleted_at=at(3))
    similarity.index_questions([asked[0].pk])
    assert asked[0].pk not in lists()


def test_one_that_is_gone_leaves_room_for_the_next(asked, community, page):
    for title in [
        "Doublons de stocks du sud",
        "Doublons de stocks de l’est",
        "Doublons de stocks de l’ouest",
    ]:
        ask(community, title)
    shown = [title for title in ("du nord", "du sud", "de l’est", "de l’ouest") if title in page(asked[0])]
    assert len(shown) == 3
    gone = Conversation.objects.get(title=f"Doublons de stocks {shown[0]}")
    Conversation.objects.filter(pk=gone.pk).update(kind=Kind.DISCUSSION)
    assert page(asked[0]).count("<li>") == 3


def test_an_answer_moves_no_list(asked):
    before = dict(CloseList.objects.values_list("object_id", "made_at"))
    ContributionFactory.create(conversation=asked[0], html="<p>La presse du dépôt est en panne.</p>")
    similarity.index_questions([asked[0].pk])
    assert dict(CloseList.objects.values_list("object_id", "made_at")) == before


def test_a_change_costs_by_what_it_touches(asked, community):
    for n in range(12):
        ask(community, f"Une autre chose, numéro {n}")
    before = dict(CloseList.objects.values_list("object_id", "made_at"))
    made = ask(community, "Panne de la presse du dépôt")
    after = dict(CloseList.objects.values_list("object_id", "made_at"))
    moved = {pk for pk, moment in after.items() if before.get(pk) != moment}
    assert {made.pk, asked[2].pk, asked[3].pk} <= moved
    assert asked[0].pk not in moved
    with CaptureQueriesContext(connection) as captured:
        similarity.index_questions([made.pk])
    assert searches(captured) == []


def test_many_at_once_are_made_when_they_are_read_or_beforehand(asked, community, page, monkeypatch):
    monkeypatch.setattr(similarity, "MANY", 2)
    similarity.index_questions([one.pk for one in asked])
    assert lists() == {}
    assert TITLES[1] in page(asked[0])
    assert set(lists()) == {asked[0].pk}
    assert similarity.keep_lists_of_the_latest(most=2) == 2
    assert similarity.keep_lists_of_the_latest() == 1
    assert similarity.keep_lists_of_the_latest() == 0
    assert set(lists()) == {one.pk for one in asked}
    assert CloseList.objects.filter(kind=texts.KIND).update(made_at=at(-60 * 24 * 30)) == 4
    assert similarity.keep_lists_of_the_latest() == 4


def test_other_communities_keep_their_lists_when_many_come(asked, monkeypatch):
    elsewhere = ask(CommunityFactory.create(), "Doublons de stocks")
    monkeypatch.setattr(similarity, "MANY", 2)
    similarity.index_questions([one.pk for one in asked])
    assert set(lists()) == {elsewhere.pk}


def test_lists_of_another_adapter_do_not_count(asked, page, settings):
    CloseList.objects.update(adapter="semantic", close=[asked[3].pk])
    assert TITLES[1] in page(asked[0])
    assert TITLES[3] not in page(asked[0])
