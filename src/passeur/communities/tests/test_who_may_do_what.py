"""Policies of communities, asked as each kind of person; the list and the single answer never disagree."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from passeur.accounts.tests.factories import AdministratorFactory, MemberFactory

from .. import policies, queries
from ..choices import Role
from ..models import Community
from .factories import (
    CharterFactory,
    CommunityFactory,
    ManagerFactory,
    MembershipFactory,
    PrivateCommunityFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def private():
    return PrivateCommunityFactory.create()


def person(kind, community):
    if kind == "stranger":
        return AnonymousUser()
    if kind == "administrator":
        return AdministratorFactory.create()
    if kind == "member of another community":
        return MembershipFactory.create().member
    if kind == "LCM of another community":
        return ManagerFactory.create().member
    if kind == "former member":
        membership = MembershipFactory.create(community=community, left_at=timezone.now())
        return membership.member
    if kind == "leaver":
        return MembershipFactory.create(community=community, member__is_active=False).member
    roles = {"member": Role.MEMBER, "training manager": Role.TRAINING_MANAGER, "LCM": Role.LCM}
    return MembershipFactory.create(community=community, role=roles[kind]).member


OUTSIDE = [
    "stranger",
    "administrator",
    "member of another community",
    "LCM of another community",
    "former member",
    "leaver",
]
INSIDE = ["member", "training manager", "LCM"]


@pytest.mark.parametrize("kind", OUTSIDE + INSIDE)
def test_a_private_community_is_read_by_those_who_belong_to_it_and_nobody_else(kind, private):
    who = person(kind, private)
    assert policies.can_see(who, private) is (kind in INSIDE)
    assert policies.can_contribute(who, private) is (kind in INSIDE)
    assert policies.can_join(who, private) is False


@pytest.mark.parametrize("kind", OUTSIDE + INSIDE)
@pytest.mark.parametrize("factory", [CommunityFactory, PrivateCommunityFactory])
def test_the_filter_of_lists_gives_the_same_answer_as_the_policy(kind, factory):
    community = factory.create()
    who = person(kind, community)
    listed = {c.pk for c in Community.objects.filter(policies.visible_to(who))}
    assert listed == {c.pk for c in Community.objects.all() if policies.can_see(who, c)}


@pytest.mark.parametrize("kind", OUTSIDE + INSIDE)
def test_an_open_community_is_read_by_everybody_with_an_account(kind):
    community = CommunityFactory.create()
    who = person(kind, community)
    assert policies.can_see(who, community) is (kind not in {"stranger", "leaver"})
    assert policies.can_join(who, community) is (kind in set(OUTSIDE) - {"stranger", "leaver"})


@pytest.mark.parametrize("kind", OUTSIDE + INSIDE)
def test_only_its_lcm_manages_a_community_and_its_training_manager_steers_it_too(kind, private):
    who = person(kind, private)
    assert policies.can_manage(who, private) is (kind == "LCM")
    assert policies.can_steer(who, private) is (kind in {"LCM", "training manager"})
    managed = Community.objects.filter(policies.managed_by(who))
    assert list(managed.filter(pk=private.pk)) == ([private] if kind == "LCM" else [])


def test_a_prefix_leads_the_filter_to_communities_of_other_things(private):
    member = MembershipFactory.create(community=private).member
    other = CharterFactory.create(community=PrivateCommunityFactory.create())
    mine = CharterFactory.create(community=private)
    found = type(mine).objects.filter(policies.visible_to(member, "community__"))
    assert list(found) == [mine]
    assert other not in found


def test_a_new_charter_is_asked_for_before_writing_and_never_before_reading(private):
    member = MembershipFactory.create(community=private).member
    CharterFactory.create(community=private)
    assert policies.can_see(member, private)
    assert policies.must_accept_charter(member, private)
    assert not policies.can_contribute(member, private)


def test_an_archived_community_is_readable_and_nothing_in_it_is_writable(private):
    manager = ManagerFactory.create(community=private).member
    private.archived_at = timezone.now()
    private.save()
    assert policies.can_see(manager, private)
    assert policies.leads(manager, private)
    assert not policies.can_contribute(manager, private)
    assert not policies.can_manage(manager, private)
    assert policies.can_unarchive(manager, private)
    assert list(queries.managed_by(manager)) == queries.led_by(manager) == []
    assert list(queries.managed_by(manager, archived=True)) == [private]


def test_what_somebody_leads_is_the_same_asked_for_or_known():
    leads = ManagerFactory.create(community__name="Zinc").member
    for name in ("acier", "Étain"):
        ManagerFactory.create(member=leads, community__name=name)
    MembershipFactory.create(member=leads, community__name="Bois")
    assert [one.name for one in queries.led_by(leads)] == ["acier", "Étain", "Zinc"]
    assert queries.led_by(leads) == list(queries.managed_by(leads))
    assert queries.led_by(MembershipFactory.create().member) == []


def test_administrators_and_lcms_found_communities_and_nobody_else():
    assert policies.can_create(AdministratorFactory.create())
    assert policies.can_create(ManagerFactory.create().member)
    assert not policies.can_create(MembershipFactory.create().member)
    assert not policies.can_create(person("stranger", None))


def test_what_one_belongs_to_is_one_query_in_a_request(rf, django_assert_num_queries):
    from django.http import HttpResponse

    from passeur.foundation.memo import MemoMiddleware

    member = MemberFactory.create()
    communities = [MembershipFactory.create(member=member).community for _ in range(4)]

    def view(request):
        assert all(policies.can_contribute(member, community) for community in communities)
        return HttpResponse()

    with django_assert_num_queries(1):
        MemoMiddleware(view)(rf.get("/"))
