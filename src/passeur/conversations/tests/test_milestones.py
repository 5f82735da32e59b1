"""Milestones on a profile: one's own, what others read of them; nobody loses one to somebody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from passeur.accounts.tests.factories import ImportedMemberFactory, MemberFactory
from passeur.communities.tests.factories import (
    CommunityFactory,
    ManagerFactory,
    MembershipFactory,
    PrivateCommunityFactory,
)
from passeur.conversations import services
from passeur.conversations.choices import Kind, Part
from passeur.conversations.queries.milestones import reached, shared_by, shown_to
from passeur.conversations.services.sharing import let_see
from passeur.engagement.choices import Milestone

from .factories import (
    ContributionFactory,
    MilestoneSightFactory,
    OutdoneFactory,
    at,
    judged,
    question,
)

pytestmark = pytest.mark.django_db

ALL = [Milestone.QUESTION, Milestone.REPLY, Milestone.ACCEPTED, Milestone.EXPERIENCE]


def accept(answer, hours):
    asked = answer.conversation
    asked.accepted_answer, asked.accepted_at, asked.accepted_by = answer, at(hours), asked.author
    asked.save()
    return judged(asked)


def kinds(found):
    return [one.milestone for one in found]


@pytest.fixture
def place():
    return CommunityFactory.create()


@pytest.fixture
def mei(place):
    return MembershipFactory.create(community=place).member


def story(member, place):
    """A question, then answers of which the second one is accepted first, then an experience."""
    question(author=member, community=place, created_at=at(0))
    question(author=member, community=place, created_at=at(1))
    answers = [
        ContributionFactory.create(
            conversation=question(community=place), author=member, created_at=at(hours)
        )
        for hours in (2, 3)
    ]
    accept(answers[0], 9)
    accept(answers[1], 5)
    question(author=member, community=place, kind=Kind.EXPERIENCE, created_at=at(12))
    return answers


def test_one_reads_all_of_ones_own_in_order_of_time_with_where_it_was(mei, place):
    answers = story(mei, place)
    found = shown_to(mei, mei)
    assert kinds(found) == ALL
    assert [one.at for one in found] == [at(0), at(2), at(5), at(12)]
    assert [one.answer for one in found] == [None, answers[0].pk, answers[1].pk, None]
    assert found[2].url == reverse("conversations:contribution", args=[answers[1].pk])


@pytest.mark.parametrize("first", [*Milestone])
def test_whichever_is_asked_for_first(mei, place, first):
    story(mei, place)
    rest = [one for one in Milestone if one != first]
    assert kinds(reached(mei, [first, *rest])) == kinds(reached(mei, [first, *rest[::-1]])) == ALL


def test_a_message_to_oneself_or_to_a_machine_or_one_taken_out_is_no_reply(mei, place):
    own = question(author=mei, community=place)
    ContributionFactory.create(conversation=own, author=mei, part=Part.REPLY)
    asked_by_machine = question(community=place, author=MemberFactory(is_machine=True))
    ContributionFactory.create(conversation=asked_by_machine, author=mei)
    ContributionFactory.create(conversation=question(community=place), author=mei, deleted_at=at(2))
    assert kinds(reached(mei)) == [Milestone.QUESTION]
    theirs = ContributionFactory.create(conversation=own)
    ContributionFactory.create(conversation=own, author=mei, part=Part.COMMENT, parent=theirs)
    assert kinds(reached(mei)) == [Milestone.QUESTION, Milestone.REPLY]


def test_a_question_that_was_taken_out_is_none(mei, place):
    question(author=mei, community=place).contributions.update(deleted_at=at(3))
    assert reached(mei) == []


def test_nobody_loses_an_accepted_answer_because_another_one_did_better(mei, place):
    asked = question(community=place, author=MembershipFactory.create(community=place).member)
    first = ContributionFactory.create(conversation=asked, author=mei)
    better = ContributionFactory.create(conversation=asked)
    services.accept_answer(answer=first, question=asked, by=asked.author)
    (accepted,) = reached(mei, [Milestone.ACCEPTED])
    services.accept_answer(answer=better, question=asked, by=asked.author)
    assert reached(mei, [Milestone.ACCEPTED]) == [accepted]
    services.withdraw_acceptance(question=asked, by=asked.author)
    assert reached(mei, [Milestone.ACCEPTED]) == [accepted]
    assert reached(better.author, [Milestone.ACCEPTED]) == []


def test_an_acceptance_that_is_taken_back_was_none(mei, place):
    asked = question(community=place, author=MembershipFactory.create(community=place).member)
    answer = ContributionFactory.create(conversation=asked, author=mei)
    services.accept_answer(answer=answer, question=asked, by=asked.author)
    services.withdraw_acceptance(question=asked, by=asked.author)
    assert reached(mei, [Milestone.ACCEPTED]) == []


def test_the_first_time_counts_where_an_answer_was_chosen_twice(mei, place):
    answer = ContributionFactory.create(conversation=question(community=place), author=mei)
    OutdoneFactory.create(answer=answer, accepted_at=at(2))
    accept(answer, 7)
    (found,) = reached(mei, [Milestone.ACCEPTED])
    assert found.at == at(2)


def test_others_read_the_first_accepted_answer_and_the_rest_if_the_person_says_so(mei, place):
    story(mei, place)
    reader = MembershipFactory.create(community=place).member
    assert kinds(shown_to(reader, mei)) == [Milestone.ACCEPTED]
    let_see(by=mei, accepted=False)
    assert shown_to(reader, mei) == []
    let_see(by=mei, rest=True)
    assert kinds(shown_to(reader, mei)) == [one for one in ALL if one != Milestone.ACCEPTED]
    assert kinds(shown_to(mei, mei)) == ALL


def test_others_read_nothing_of_a_place_they_cannot_read(mei, place):
    MilestoneSightFactory.create(member=mei)
    closed = PrivateCommunityFactory.create()
    MembershipFactory.create(community=closed, member=mei)
    story(mei, closed)
    reader = MembershipFactory.create(community=place).member
    assert shown_to(reader, mei) == []
    here = ContributionFactory.create(conversation=question(community=place), author=mei, created_at=at(20))
    accept(here, 30)
    found = shown_to(reader, mei)
    assert [(one.milestone, one.at, one.answer) for one in found] == [
        (Milestone.REPLY, at(20), here.pk),
        (Milestone.ACCEPTED, at(30), here.pk),
    ]


def test_of_who_cannot_choose_nothing_is_told(place):
    reader = ManagerFactory.create(community=place).member
    for person in (ImportedMemberFactory.create(), MemberFactory.create(is_active=False)):
        MembershipFactory.create(community=place, member=person)
        story(person, place)
        assert kinds(reached(person)) == ALL
        assert shown_to(reader, person) == []


def test_the_profile_says_it_and_asks_four_queries_for_it_however_much_was_written(client, mei, place):
    client.force_login(mei)
    address = reverse("accounts:profile", args=[mei.pk])
    assert "sans points ni classement" in client.get(address).content.decode()
    story(mei, place)
    with CaptureQueriesContext(
        connection,
    ) as few:
        shown_to(mei, mei)
        shared_by(mei)
    for _ in range(3):
        story(mei, place)
    with CaptureQueriesContext(connection) as many:
        shown_to(mei, mei)
        shared_by(mei)
    assert len(few) == len(many) <= 4
    page = client.get(address).content.decode()
    assert all(str(one.label) in page for one in ALL)
    assert page.count("visible sur votre profil") == 1
    client.force_login(MembershipFactory.create(community=place).member)
    page = client.get(address).content.decode()
    assert str(Milestone.ACCEPTED.label) in page
    assert str(Milestone.QUESTION.label) not in page


def test_the_switches_are_among_ones_choices(client, mei):
    client.force_login(mei)
    for key, change in (
        ("conversations.first_accepted", {Milestone.ACCEPTED}),
        ("conversations.milestones", set(ALL) - {Milestone.ACCEPTED}),
    ):
        before = shared_by(mei)
        is_on = change <= before
        client.post(reverse("accounts:choose"), {"key": key} | ({} if is_on else {"on": "on"}))
        assert shared_by(mei) == before ^ change
