"""Roles, invitations, communities: what administrators may do, and what they never give themselves."""

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pytest_django import asserts

from passeur.accounts.tests.factories import AdministratorFactory, MemberFactory
from passeur.communities import services as communities
from passeur.communities.choices import Role
from passeur.communities.tests.factories import (
    CommunityFactory,
    InvitationFactory,
    ManagerFactory,
    MembershipFactory,
    PrivateCommunityFactory,
)

from .. import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    member = AdministratorFactory.create(name="Ada Admin", email="ada@orvelle.example")
    client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return member


def role_of(membership):
    return type(membership).objects.get(pk=membership.pk).role


def test_an_administrator_appoints_somebody_where_nobody_animates(client, administrator):
    orphan = PrivateCommunityFactory.create(name="Orpheline")
    somebody = MembershipFactory.create(community=orphan)
    page = client.get(reverse("administration:communities"), {"show": "without-manager"})
    asserts.assertContains(page, "Orpheline")
    asserts.assertContains(page, "Personne n’anime")
    url = reverse("administration:role", args=[somebody.member_id, orphan.pk])
    client.post(url, {"role": Role.LCM})
    assert role_of(somebody) == Role.LCM
    page = client.get(reverse("administration:communities"), {"show": "without-manager"})
    assert page.context["lines"] == []


def test_a_community_whose_only_manager_left_the_company_has_none(client, administrator):
    manager = ManagerFactory.create(community__name="Orpheline")
    listed = reverse("administration:communities") + "?show=without-manager"
    assert client.get(listed).context["lines"] == []
    client.post(reverse("administration:close", args=[manager.member_id]))
    asserts.assertContains(client.get(listed), "Orpheline")


def test_the_last_manager_keeps_the_role(client, administrator):
    manager = ManagerFactory.create()
    url = reverse("administration:role", args=[manager.member_id, manager.community_id])
    page = client.post(url, {"role": Role.MEMBER}, follow=True)
    asserts.assertContains(page, "Personne d’autre n’anime cette communauté")
    assert role_of(manager) == Role.LCM


def test_a_role_that_was_given_is_given_back_by_one_gesture(client, administrator):
    expert = MembershipFactory.create(role=Role.EXPERT)
    url = reverse("administration:role", args=[expert.member_id, expert.community_id])
    page = client.post(url, {"role": Role.MEMBER}, follow=True)
    undo = f"{url}?role=expert"
    asserts.assertContains(page, undo)
    client.post(undo)
    assert role_of(expert) == Role.EXPERT


def test_no_administrator_gives_themselves_a_way_into_a_private_community(client, administrator):
    private = PrivateCommunityFactory.create()
    ManagerFactory.create(community=private)
    with pytest.raises(PermissionDenied):
        communities.invite(community=private, email="ADA@orvelle.example ", by=administrator)
    mine = MembershipFactory.create(community=private, member=administrator)
    url = reverse("administration:role", args=[administrator.pk, private.pk])
    assert client.post(url, {"role": Role.LCM}).status_code == 403
    assert role_of(mine) == Role.MEMBER
    old = InvitationFactory.create(community=private, email="ada@orvelle.example")
    with pytest.raises(PermissionDenied):
        services.send_again(invitation=old, by=administrator)
    page = client.get(reverse("administration:person", args=[administrator.pk]))
    asserts.assertNotContains(page, url)


def test_an_administrator_who_animates_a_community_does_there_what_an_lcm_does(administrator):
    private = PrivateCommunityFactory.create()
    ManagerFactory.create(community=private, member=administrator)
    other = MembershipFactory.create(community=private)
    communities.change_role(community=private, member=other.member, role=Role.LCM, by=administrator)
    communities.change_role(community=private, member=administrator, role=Role.EXPERT, by=administrator)
    assert role_of(other) == Role.LCM


def test_one_more_invitation_leaves_by_mail_in_the_language_of_the_person(
    client, administrator, run_jobs, mailoutbox
):
    member, community = MemberFactory.create(language="en"), CommunityFactory.create()
    url = reverse("administration:invite_person", args=[member.pk])
    client.post(url, {"community": community.pk, "role": Role.EXPERT})
    run_jobs()
    (mail,) = mailoutbox
    assert mail.to == [member.email]
    assert "invites you" in mail.body
    page = client.get(reverse("administration:person", args=[member.pk]))
    asserts.assertContains(page, "Invitations en attente")


def test_an_archived_community_is_reopened_by_one_gesture(client, administrator):
    community = CommunityFactory.create()
    url = reverse("administration:archive", args=[community.pk])
    page = client.post(url, {"archive": "1"}, follow=True)
    community.refresh_from_db()
    assert community.is_archived
    asserts.assertContains(page, f"{url}?archive=0")
    client.post(f"{url}?archive=0")
    community.refresh_from_db()
    assert not community.is_archived


@pytest.mark.parametrize("name", ["roles", "invitations", "communities"])
def test_a_list_costs_the_same_for_few_and_for_many(
    client, administrator, name, django_assert_max_num_queries
):
    def fill(times: int) -> None:
        for _ in range(times):
            manager = ManagerFactory.create(member__is_active=True)
            InvitationFactory.create(community=manager.community, invited_by=manager.member)

    fill(1)
    url = reverse(f"administration:{name}")
    with django_assert_max_num_queries(15) as few:
        client.get(url)
    fill(55)
    with django_assert_max_num_queries(15) as many:
        page = client.get(url)
    assert len(few) == len(many)
    assert len(page.context["page"].items) == 50
    assert client.get(url, {"page": page.context["page"].next}).status_code == 200


def test_in_one_community_everybody_is_shown(client, administrator):
    community = CommunityFactory.create()
    MembershipFactory.create(community=community, member__name="Jeanne Simple")
    url = reverse("administration:roles")
    asserts.assertNotContains(client.get(url), "Jeanne Simple")
    asserts.assertContains(client.get(url, {"community": community.pk}), "Jeanne Simple")
    assert client.get(url, {"community": "nothing"}).status_code == 400
