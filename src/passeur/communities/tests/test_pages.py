"""Pages of communities: who gets in, what they do, and how many queries they cost."""

import pytest
from django.urls import reverse

from passeur.accounts.tests.factories import ImportedMemberFactory, MemberFactory

from .. import policies, queries
from ..choices import Role
from .factories import (
    CharterFactory,
    ClaimFactory,
    CommunityFactory,
    InvitationFactory,
    ManagerFactory,
    MembershipFactory,
    PrivateCommunityFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client):
    membership = ManagerFactory.create()
    client.force_login(membership.member)
    return membership


def page(name, *args):
    return reverse(f"communities:{name}", args=args)


def grow(community):
    for _ in range(4):
        MembershipFactory.create(community=community)
        MembershipFactory.create(community=community, member=ImportedMemberFactory.create())
        InvitationFactory.create(community=community, claims=ImportedMemberFactory.create())
        ClaimFactory.create(community=community)
        CharterFactory.create(community=community)
        ManagerFactory.create(community=community)


@pytest.mark.parametrize("name", ["members", "claims", "charter", "settings"])
def test_a_page_costs_no_more_queries_with_more_rows(name, client, manager, django_assert_max_num_queries):
    slug = manager.community.slug
    grow(manager.community)
    with django_assert_max_num_queries(40) as few:
        client.get(page(name, slug))
    grow(manager.community)
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert client.get(page(name, slug)).status_code == 200


def test_the_list_of_communities_costs_no_more_queries_with_more_rows(
    client, manager, django_assert_max_num_queries
):
    CommunityFactory.create_batch(2)
    with django_assert_max_num_queries(25) as few:
        client.get(page("list"))
    CommunityFactory.create_batch(5)
    [MembershipFactory.create(member=manager.member) for _ in range(5)]
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert client.get(page("list")).status_code == 200


@pytest.mark.parametrize("name", ["members", "claims", "settings", "edit_charter", "invite"])
def test_the_pages_of_the_lcm_are_closed_to_members_and_to_lcms_of_elsewhere(name, client):
    community = CommunityFactory.create()
    for who in (MembershipFactory.create(community=community).member, ManagerFactory.create().member):
        client.force_login(who)
        assert client.get(page(name, community.slug)).status_code == 403


@pytest.mark.parametrize("name", ["detail", "charter", "members", "settings", "leave"])
def test_a_private_community_is_not_there_for_others(name, client):
    client.force_login(ManagerFactory.create().member)
    assert client.get(page(name, PrivateCommunityFactory.create().slug)).status_code == 404


def test_joining_takes_the_reader_back_to_where_they_were_going(client):
    community, member = CommunityFactory.create(), MemberFactory.create()
    CharterFactory.create(community=community)
    client.force_login(member)
    refused = client.post(page("charter", community.slug), {"version": 1, "next": "/me/skills/"})
    assert refused.status_code == 422
    joined = client.post(
        page("charter", community.slug), {"version": 1, "accepted": "on", "next": "/me/skills/"}
    )
    assert joined["Location"] == "/me/skills/"
    assert policies.is_member(member, community)


def test_no_address_of_elsewhere_is_gone_back_to(client):
    community = CommunityFactory.create()
    client.force_login(MemberFactory.create())
    joined = client.post(page("charter", community.slug), {"next": "https://evil.example/"})
    assert joined["Location"] == community.get_absolute_url()


def test_the_community_visited_last_is_the_current_one(client):
    member = MemberFactory.create()
    first, second = sorted(
        (MembershipFactory.create(member=member).community for _ in range(2)), key=lambda c: c.name
    )
    client.force_login(member)
    assert queries.current_community(member, client.session) == first
    client.get(page("detail", second.slug))
    assert queries.current_community(member, client.session) == second


def test_a_community_that_one_may_no_longer_read_is_no_longer_the_current_one(client):
    member = MemberFactory.create()
    private = MembershipFactory.create(member=member, community=PrivateCommunityFactory.create())
    client.force_login(member)
    client.get(page("detail", private.community.slug))
    private.left_at = private.joined_at
    private.save()
    assert queries.current_community(member, client.session) is None


def test_members_are_listed_by_name_and_found_without_accents(client, manager):
    for name in ("Zoé Blanc", "Émile Roy", "Paweł Nowak"):
        MembershipFactory.create(community=manager.community, member__name=name)
    names = [m.member.name for m in queries.memberships(manager.community)]
    assert names[1:] == ["Émile Roy", "Paweł Nowak", "Zoé Blanc"]
    found = client.get(page("members", manager.community.slug), {"q": "pawel"}).content.decode()
    assert "Paweł Nowak" in found
    assert "Zoé Blanc" not in found


def test_a_manager_changes_a_role_from_the_list(client, manager):
    member = MembershipFactory.create(community=manager.community).member
    client.post(page("change_role", manager.community.slug, member.pk), {"role": "expert"})
    assert policies.member_role(member, manager.community) == Role.EXPERT


def test_a_refused_form_keeps_what_was_typed_and_says_what_to_do(client, manager):
    answer = client.post(
        page("settings", manager.community.slug),
        {
            "name": "",
            "purpose": "Nouvelle raison",
            "first_reply_goal": 0,
            "quiet_from": "08:00",
            "quiet_until": "07:00",
        },
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Il manque le nom." in text
    assert "Nouvelle raison" in text
    assert manager.community.name in text  # the frame still shows the community as it is
