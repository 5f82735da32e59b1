"""Naming somebody while one types: who is offered, in which order, at what cost; whom words name."""

import pytest
from django.urls import reverse
from django.utils import timezone

from passeur.accounts.tests.factories import ImportedMemberFactory, MemberFactory
from passeur.communities import queries
from passeur.communities.tests.factories import (
    CommunityFactory,
    ManagerFactory,
    MembershipFactory,
    PrivateCommunityFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return CommunityFactory.create()


def join(community, name, handle, **more):
    member = MemberFactory.create(name=name, handle=handle, **more)
    return MembershipFactory.create(community=community, member=member).member


def names(found):
    return [member.name for member in found]


def test_a_beginning_of_a_name_or_of_a_short_name_is_enough_and_accents_do_not_count(community):
    join(community, "Éloïse Marchand", "eloise")
    join(community, "Paul Éluard", "pel")
    join(community, "Zoé Petit", "elan")
    join(community, "Michel Durand", "mich")
    assert names(queries.nameable(community, "EL")) == ["Éloïse Marchand", "Zoé Petit", "Paul Éluard"]
    assert names(queries.nameable(community, "élo")) == ["Éloïse Marchand"]
    assert names(queries.nameable(community, "éloïse mar")) == ["Éloïse Marchand"]
    assert names(queries.nameable(community, "'); drop")) == []


def test_who_writes_in_the_exchange_comes_first_and_alone_before_a_letter_is_typed(community):
    anne = join(community, "Anne Aubert", "anne")
    amir = join(community, "Amir Benali", "amir")
    assert names(queries.nameable(community, "a")) == ["Amir Benali", "Anne Aubert"]
    assert names(queries.nameable(community, "a", first=[anne.pk])) == ["Anne Aubert", "Amir Benali"]
    assert names(queries.nameable(community, "", first=[anne.pk])) == ["Anne Aubert"]
    assert names(queries.nameable(community, "", first=[])) == []
    assert amir not in queries.nameable(community, "a", without=amir)


def test_only_members_of_now_who_can_be_told_are_offered(community):
    gone = MembershipFactory.create(community=community, member__name="Ada Partie", member__handle="ada-1")
    gone.left_at = timezone.now()
    gone.save()
    MembershipFactory.create(
        community=community, member=ImportedMemberFactory.create(name="Ada Venue", handle="ada-2")
    )
    join(community, "Ada Fermée", "ada-3", is_active=False)
    join(CommunityFactory.create(), "Ada Ailleurs", "ada-4")
    join(community, "Ada Machine", "ada-5", is_machine=True)
    here = join(community, "Ada Ici", "ada-6")
    assert queries.nameable(community, "ada") == [here]
    # A sender of keys of strangers gets no more: they are not of the community.
    assert queries.nameable(community, "", first=[gone.member_id]) == []


def test_few_are_offered_in_one_query(community, django_assert_num_queries):
    for n in range(9):
        join(community, f"Nora {n}", f"nora-{n}")
    with django_assert_num_queries(1):
        assert len(queries.nameable(community, "nora")) == 6


def test_the_page_offers_its_people_to_its_members_alone(client):
    community = PrivateCommunityFactory.create()
    marie = join(community, "Marie Tan", "marie")
    address = reverse("communities:people", args=[community.slug])
    client.force_login(ManagerFactory.create(community=community).member)
    assert 'data-mention="@marie"' in client.get(address, {"q": "mar"}).text
    assert "Personne de ce nom" in client.get(address, {"q": "xyz"}).text
    client.force_login(MemberFactory.create())
    assert client.get(address, {"q": "mar"}).status_code == 404
    client.force_login(marie)
    assert "data-mention" not in client.get(address, {"q": "mar"}).text
    assert 'data-person="Marie Tan (@marie)"' in client.get(address, {"q": "mar", "one": "1"}).text


def test_a_reader_who_is_no_member_is_offered_nobody(client, community):
    client.force_login(MemberFactory.create())
    assert client.get(reverse("communities:people", args=[community.slug]), {"q": "a"}).status_code == 403


def test_the_cost_does_not_depend_on_how_many_there_are(client, community, django_assert_max_num_queries):
    for n in range(8):
        join(community, f"Nora {n}", f"nora-{n}")
    client.force_login(join(community, "Paul", "paul"))
    with django_assert_max_num_queries(9):
        client.get(reverse("communities:people", args=[community.slug]), {"q": "no"})


@pytest.mark.parametrize(
    "words", ["marie-tan", "@marie-tan", "Marie-Tan", "Marie Tan", "marie  tan", "Marie Tan (@marie-tan)"]
)
def test_a_field_for_one_person_understands_what_people_write(community, words):
    marie = join(community, "Marie Tan", "marie-tan")
    assert queries.named_in(community, words) == marie
    assert queries.named_in(community, queries.called(marie)) == marie


@pytest.mark.parametrize("words", ["", "@", "Marie", "Jean Tan", "@jean", "(@jean)", "***"])
def test_words_that_name_nobody_or_several_name_nobody(community, words):
    join(community, "Marie Tan", "marie-1")
    assert queries.named_in(community, words) is None


def test_of_two_of_the_same_name_the_short_name_decides(community):
    join(community, "Marie Tan", "marie-1")
    second = join(community, "Marie Tan", "marie-2")
    assert queries.named_in(community, "Marie Tan") is None
    assert queries.named_in(community, "Marie Tan (@marie-2)") == second
