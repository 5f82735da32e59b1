"""Who is on the list of people, who may read it, and in how many queries."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import reverse
from pytest_django import asserts

from passeur.accounts.tests.factories import AdministratorFactory, ImportedMemberFactory, MemberFactory
from passeur.communities.choices import Role
from passeur.communities.tests.factories import InvitationFactory, MembershipFactory, PrivateCommunityFactory

from ..choices import Show
from ..queries import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    member = AdministratorFactory.create(name="Ada Admin", email="ada@orvelle.example")
    client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return member


def names(show: Show, words: str = "") -> list[str]:
    return [member.name for member in people(show, words)]


def test_each_filter_shows_its_people(administrator):
    MemberFactory.create(name="Émile Ouvert")
    MemberFactory.create(name="Zoé Fermée", is_active=False)
    ImportedMemberFactory.create(name="hopper")
    safe = MemberFactory.create(name="Sûre Deux")
    Authenticator.objects.create(user=safe, type=Authenticator.Type.TOTP, data={})
    MemberFactory.create(name="Robot", is_machine=True)
    assert names(Show.ACTIVE) == ["Ada Admin", "Émile Ouvert", "Sûre Deux"]
    assert names(Show.NO_FACTOR) == ["Ada Admin", "Émile Ouvert"]
    assert names(Show.ADMINISTRATORS) == ["Ada Admin"]
    assert names(Show.CLOSED) == ["Zoé Fermée"]
    assert names(Show.IMPORTED) == ["hopper"]


@pytest.mark.parametrize("words", ["emi", "OUV", "émile o", "emile.o", "emile.ouvert@orvelle.example"])
def test_a_person_is_found_by_the_beginning_of_a_word_or_of_the_address(words):
    MemberFactory.create(name="Émile Ouvert", email="emile.ouvert@orvelle.example")
    MemberFactory.create(name="Jeanne Autre", email="autre@orvelle.example")
    assert names(Show.ACTIVE, words) == ["Émile Ouvert"]


def test_an_unknown_filter_is_an_error_and_not_everybody(client, administrator):
    assert client.get(reverse("administration:people"), {"show": "everything"}).status_code == 400


def test_the_list_costs_the_same_for_few_and_for_many(client, administrator, django_assert_max_num_queries):
    with django_assert_max_num_queries(14) as few:
        client.get(reverse("administration:people"))
    MemberFactory.create_batch(60)
    with django_assert_max_num_queries(14) as many:
        response = client.get(reverse("administration:people"))
    assert len(few) == len(many)
    assert len(response.context["page"].items) == 50
    second = client.get(reverse("administration:people"), {"page": response.context["page"].next})
    assert len(second.context["page"].items) == 11


def test_the_page_of_a_person_costs_the_same_in_few_and_in_many_communities(
    client, administrator, django_assert_max_num_queries
):
    member = MembershipFactory.create().member
    url = reverse("administration:person", args=[member.pk])
    with django_assert_max_num_queries(16) as few:
        client.get(url)
    MembershipFactory.create_batch(8, member=member)
    for _ in range(3):
        InvitationFactory.create(email=member.email)
    with django_assert_max_num_queries(16) as many:
        client.get(url)
    assert len(few) == len(many)


def test_an_administrator_sees_the_role_in_a_private_community_and_nothing_of_it(client, administrator):
    private = PrivateCommunityFactory.create(name="Direction", purpose="Ce que nul autre ne lit")
    member = MembershipFactory.create(community=private, role=Role.EXPERT).member
    page = client.get(reverse("administration:person", args=[member.pk]))
    asserts.assertContains(page, "Direction")
    asserts.assertNotContains(page, "Ce que nul autre ne lit")
    assert client.get(reverse("communities:detail", args=[private.slug])).status_code == 404


def test_somebody_who_no_longer_administers_is_out_at_once(client, administrator):
    type(administrator).objects.update(is_administrator=False)
    assert client.get(reverse("administration:people")).status_code == 403


def test_machines_and_erased_people_have_no_page(client, administrator):
    robot = MemberFactory.create(is_machine=True)
    assert client.get(reverse("administration:person", args=[robot.pk])).status_code == 404


def test_only_administrators_have_the_entry(client, administrator):
    home = reverse("communities:list")
    link = f'href="{reverse("administration:people")}"'
    asserts.assertContains(client.get(home), link)
    client.force_login(MemberFactory.create(), backend=settings.AUTHENTICATION_BACKENDS[-1])
    asserts.assertNotContains(client.get(home), link)
