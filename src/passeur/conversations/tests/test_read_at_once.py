"""The page of a conversation is read in one statement, and says at once what changed since it was drawn."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from passeur.accounts.tests.factories import ImportedMemberFactory
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory, PrivateCommunityFactory
from passeur.foundation import pure

from ..choices import ClosedReason, Part
from ..models import Conversation, ReadMark
from ..services import similarity
from .factories import ContributionFactory, ReactionFactory, at, judged, question

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    community = CommunityFactory.create()
    asked = question(community=community, title="Doublons de stocks")
    answer = ContributionFactory.create(conversation=asked, author__name="Nadia Roux")
    ContributionFactory.create(conversation=asked, part=Part.COMMENT, parent=answer, created_at=at(2))
    return judged(asked)


@pytest.fixture
def reading(client, asked):
    client.force_login(MembershipFactory.create(community=asked.community).member)

    def read() -> str:
        return str(client.get(reverse("conversations:detail", args=[asked.pk])).content.decode())

    return read


def test_what_was_drawn_once_is_drawn_no_more(reading, monkeypatch):
    reading()
    monkeypatch.setattr(pure, "get_template", None)
    assert "Nadia Roux" in reading()


def test_a_page_met_for_the_first_time_takes_hardly_more_statements(client, asked, reading):
    reading()
    client.force_login(MembershipFactory.create(community=asked.community).member)
    with CaptureQueriesContext(connection) as first:
        reading()
    assert len(first) <= 5 + 2  # how far they read is noted; what was told is seen
    pure.forget()
    with CaptureQueriesContext(connection) as drawn_anew:
        reading()
    assert len(drawn_anew) == 5


CHANGES = {
    "a name": lambda asked: get_user_model().objects.filter(name="Nadia Roux").update(name="Nadia Petit"),
    "somebody erased": lambda asked: (
        get_user_model()
        .objects.filter(name="Nadia Roux")
        .update(name="", handle=None, email=None, is_active=False, erased_at=at(9))
    ),
    "a title": lambda asked: Conversation.objects.filter(pk=asked.pk).update(title="Doublons au dépôt"),
    "an answer more": lambda asked: (ContributionFactory.create(conversation=asked), judged(asked)),
    "an answer accepted": lambda asked: Conversation.objects.filter(pk=asked.pk).update(
        accepted_answer=asked.contributions.get(part=Part.ANSWER), accepted_by=asked.author
    ),
    "a reaction": lambda asked: ReactionFactory.create(
        contribution=asked.contributions.get(part=Part.ANSWER)
    ),
    "a text taken out": lambda asked: asked.contributions.filter(part=Part.ANSWER).update(deleted_at=at(9)),
    "closed": lambda asked: Conversation.objects.filter(pk=asked.pk).update(
        closed_at=at(9), closed_reason=ClosedReason.OBSOLETE
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changed_is_said_as_if_it_had_never_been_drawn(asked, reading, change):
    reading()
    before = reading()
    change(asked)
    reading()
    kept = reading()
    assert _without_tokens(kept) != _without_tokens(before)
    pure.forget()
    assert _without_tokens(reading()) == _without_tokens(kept)


def _without_tokens(page: str) -> list[str]:
    return [line for line in page.split(">") if "token" not in line and 'name="draft"' not in line]


def test_who_may_see_it_no_more_is_told_nothing_of_what_is_kept(client):
    private = PrivateCommunityFactory.create()
    asked = question(community=private, title="Combien au juste")
    belongs = MembershipFactory.create(community=private)
    url = reverse("conversations:detail", args=[asked.pk])
    client.force_login(belongs.member)
    assert client.get(url).status_code == client.get(url).status_code == 200
    belongs.left_at = at(1)
    belongs.save()
    assert client.get(url).status_code == 404
    assert client.get(reverse("conversations:news", args=[asked.pk])).status_code == 404


def test_who_came_with_an_import_is_not_offered_to_be_named(asked, reading):
    ContributionFactory.create(conversation=asked, author=ImportedMemberFactory.create(handle="venu-dehors"))
    told = get_user_model().objects.get(name="Nadia Roux")
    page = reading()
    assert f"@{told.handle}" in page
    assert "@venu-dehors" not in page


def test_how_far_one_read_never_moves_back(client, asked, reading):
    reading()
    mark = ReadMark.objects.get(conversation=asked)
    mark.read_until = at(50)
    mark.save()
    reading()
    mark.refresh_from_db()
    assert mark.read_until == at(50)


def test_a_question_that_comes_close_is_shown_on_a_page_that_was_looked_for_already(asked, reading):
    similarity.index_questions()
    assert "Doublons de stocks du nord" not in reading()
    question(community=asked.community, title="Doublons de stocks du nord")
    similarity.index_questions()
    assert "Doublons de stocks du nord" in reading()
    assert "Doublons de stocks du nord" in reading()
    Conversation.objects.filter(title="Doublons de stocks du nord").update(title="Doublons du nord")
    assert "Doublons du nord" in reading()


def test_what_is_close_is_looked_for_once(asked, reading):
    question(community=asked.community, title="Doublons de stocks du nord")
    similarity.index_questions()
    reading()
    with CaptureQueriesContext(connection) as again:
        assert "Doublons de stocks du nord" in reading()
    assert not any("recommendations_lexicaldocument" in one["sql"] for one in again)
