"""Joining, accepting the charter, leaving, roles."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse

from passeur.accounts.tests.factories import AdministratorFactory, MemberFactory
from passeur.foundation.memo import MemoMiddleware
from passeur.foundation.tests.plans import plan_of

from .. import policies, queries, services
from ..choices import Role
from ..errors import CharterChanged, LastManager
from ..queries import scopes
from .factories import (
    CharterFactory,
    CommunityFactory,
    ManagerFactory,
    MembershipFactory,
    PrivateCommunityFactory,
)

pytestmark = pytest.mark.django_db


def test_one_joins_an_open_community_by_accepting_its_charter():
    community, member = CommunityFactory.create(), MemberFactory.create()
    CharterFactory.create(community=community)
    services.join(community=community, member=member, charter_version=1)
    assert policies.can_contribute(member, community)


def test_one_does_not_join_a_private_community_without_an_invitation():
    with pytest.raises(PermissionDenied):
        services.join(
            community=PrivateCommunityFactory.create(), member=MemberFactory.create(), charter_version=None
        )


@pytest.mark.parametrize("read", [None, 1])
def test_the_charter_accepted_is_the_one_in_force(read):
    community = CommunityFactory.create()
    CharterFactory.create(community=community)
    CharterFactory.create(community=community)
    with pytest.raises(CharterChanged):
        services.join(community=community, member=MemberFactory.create(), charter_version=read)


def test_within_a_request_joining_counts_at_once(rf):
    """What the request knew of memberships before is forgotten."""
    community, member = CommunityFactory.create(), MemberFactory.create()

    def view(request):
        assert not policies.can_contribute(member, community)
        services.join(community=community, member=member, charter_version=None)
        assert policies.can_contribute(member, community)
        services.leave(community=community, member=member)
        assert not policies.can_contribute(member, community)
        return HttpResponse()

    assert MemoMiddleware(view)(rf.get("/")).status_code == 200


def test_who_comes_back_is_a_plain_member_and_keeps_one_membership():
    expert = MembershipFactory.create(role=Role.EXPERT)
    services.leave(community=expert.community, member=expert.member)
    again = services.join(community=expert.community, member=expert.member, charter_version=None)
    assert again.pk == expert.pk
    assert again.role == Role.MEMBER
    assert again.is_current


def test_accepting_a_new_charter_opens_writing_again():
    membership = MembershipFactory.create()
    CharterFactory.create(community=membership.community)
    services.accept_charter(community=membership.community, member=membership.member, charter_version=1)
    assert policies.can_contribute(membership.member, membership.community)


@pytest.mark.parametrize("act", ["leave", "step back", "be removed"])
def test_one_lcm_always_stays(act):
    manager = ManagerFactory.create()
    community, member = manager.community, manager.member
    acts = {
        "leave": partial(services.leave),
        "step back": partial(services.change_role, role=Role.MEMBER, by=member),
        "be removed": partial(services.remove_member, by=member),
    }
    with pytest.raises(LastManager):
        acts[act](community=community, member=member)
    assert policies.leads(member, community)


def test_an_lcm_leaves_once_another_one_is_there():
    manager = ManagerFactory.create()
    heir = MembershipFactory.create(community=manager.community)
    services.change_role(community=manager.community, member=heir.member, role=Role.LCM, by=manager.member)
    services.leave(community=manager.community, member=manager.member)
    assert list(queries.animators(manager.community)) == [heir.member]


def test_a_manager_whose_account_is_closed_does_not_count_as_the_one_who_stays():
    manager = ManagerFactory.create()
    ManagerFactory.create(community=manager.community, member__is_active=False)
    with pytest.raises(LastManager):
        services.leave(community=manager.community, member=manager.member)


@pytest.mark.parametrize("outsider", [ManagerFactory, MembershipFactory])
def test_only_the_lcm_of_that_community_changes_roles_and_removes(outsider):
    membership, other = MembershipFactory.create(), outsider.create().member
    with pytest.raises(PermissionDenied):
        services.change_role(
            community=membership.community, member=membership.member, role=Role.EXPERT, by=other
        )
    with pytest.raises(PermissionDenied):
        services.remove_member(community=membership.community, member=membership.member, by=other)


def test_removing_somebody_says_who_did_it():
    manager = ManagerFactory.create()
    membership = MembershipFactory.create(community=manager.community)
    services.remove_member(community=manager.community, member=membership.member, by=manager.member)
    membership.refresh_from_db()
    assert membership.left_by == manager.member
    assert list(queries.former_members(manager.community)) == [membership.member]


def test_whoever_founds_a_community_is_its_lcm_and_accepted_its_charter():
    founder = AdministratorFactory.create()
    community = services.create_community(name="Œuvres d’été", purpose="Lire.", charter="Lire.", by=founder)
    assert community.slug == "oeuvres-dete"
    assert policies.can_contribute(founder, community)
    assert policies.can_manage(founder, community)


@pytest.mark.parametrize(
    ("name", "slug"), [("New", "new-2"), ("Données", "donnees-2"), ("!!!", "communaute")]
)
def test_addresses_are_free_and_never_a_word_of_the_product(name, slug):
    CommunityFactory.create(slug="donnees")
    community = services.create_community(name=name, purpose="x", by=AdministratorFactory.create())
    assert community.slug == slug


def test_publishing_a_charter_asks_everybody_but_its_author():
    manager = ManagerFactory.create()
    member = MembershipFactory.create(community=manager.community).member
    charter = services.publish_charter(community=manager.community, text="Nouvelle.", by=manager.member)
    assert charter.version == 1
    assert policies.can_contribute(manager.member, manager.community)
    assert policies.must_accept_charter(member, manager.community)


def test_what_is_archived_can_be_opened_again_by_its_lcm_only():
    manager = ManagerFactory.create()
    services.archive(community=manager.community, by=manager.member)
    with pytest.raises(PermissionDenied):
        services.unarchive(
            community=manager.community, by=MembershipFactory.create(community=manager.community).member
        )
    services.unarchive(community=manager.community, by=manager.member)
    assert policies.can_manage(manager.member, manager.community)


def test_imported_members_belong_since_they_first_wrote_and_a_second_import_changes_nothing():
    from django.utils import timezone

    community, member = CommunityFactory.create(), MemberFactory.create(email=None, handle=None)
    since = timezone.now()
    for _ in range(2):
        services.provide_memberships(community=community, joined={member.pk: since})
    assert [m.joined_at for m in queries.memberships(community)] == [since]


def test_who_animates_is_found_without_looking_at_all_who_belong():
    managing = ManagerFactory.create()
    MembershipFactory.create_batch(30, community=managing.community)
    former = ManagerFactory.create(community=managing.community)
    services.leave(community=managing.community, member=former.member)

    def animating():
        return scopes.animating([managing.community_id], but=former.member_id)

    assert animating() == [managing]
    with connection.cursor() as cursor:
        cursor.execute("analyze communities_membership")
    assert "using membership_lcm" in plan_of(animating)
