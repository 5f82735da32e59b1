"""An imported member is claimed with a proof, decided about by the LCM, and can be given back."""

import pytest
from django.core.exceptions import PermissionDenied

from passeur.accounts.tests.factories import ImportedMemberFactory

from .. import policies, queries, services
from ..choices import ClaimState
from ..errors import AlreadyClaimed, AlreadyDecided
from .factories import ManagerFactory, MembershipFactory, PrivateCommunityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return PrivateCommunityFactory.create()


@pytest.fixture
def manager(community):
    return ManagerFactory.create(community=community).member


@pytest.fixture
def claimant(community):
    return MembershipFactory.create(community=community).member


@pytest.fixture
def imported(community):
    return MembershipFactory.create(community=community, member=ImportedMemberFactory.create()).member


def claim(community, imported, claimant):
    return services.ask_claim(community=community, imported=imported, proof="Voyez ma page.", by=claimant)


def test_only_imported_members_of_a_community_one_belongs_to_can_be_claimed(community, claimant, imported):
    assert policies.can_claim(claimant, imported, community)
    assert not policies.can_claim(claimant, MembershipFactory.create(community=community).member, community)
    assert not policies.can_claim(claimant, ImportedMemberFactory.create(), community)
    assert not policies.can_claim(MembershipFactory.create().member, imported, community)


def test_the_same_claim_waits_once(community, imported, claimant):
    claim(community, imported, claimant)
    with pytest.raises(AlreadyClaimed):
        claim(community, imported, claimant)


def test_accepted_the_person_belongs_where_the_imported_member_did_and_it_can_go_back(
    community, manager, claimant, imported, run_jobs
):
    elsewhere = MembershipFactory.create(member=imported)
    decided = services.decide_claim(claim=claim(community, imported, claimant), accept=True, by=manager)
    run_jobs()
    elsewhere.refresh_from_db()
    imported.refresh_from_db()
    assert (elsewhere.member, imported.merged_into) == (claimant, claimant)
    assert imported not in queries.members(community)
    services.undo_claim(claim=decided, by=manager, reason="Erreur de personne.")
    run_jobs()
    elsewhere.refresh_from_db()
    imported.refresh_from_db()
    assert (elsewhere.member, imported.merged_into) == (imported, None)
    assert imported in queries.members(community)


def test_being_found_elsewhere_opens_no_private_community(community, manager, claimant, imported, run_jobs):
    private = MembershipFactory.create(member=imported, community=PrivateCommunityFactory.create())
    services.decide_claim(claim=claim(community, imported, claimant), accept=True, by=manager)
    run_jobs()
    assert not policies.can_see(claimant, private.community)


def test_where_the_person_belonged_already_nothing_moves(community, manager, claimant, imported, run_jobs):
    decided = services.decide_claim(claim=claim(community, imported, claimant), accept=True, by=manager)
    run_jobs()
    services.undo_claim(claim=decided, by=manager)
    run_jobs()
    assert policies.is_member(claimant, community)
    assert imported in queries.members(community)


def test_an_undo_before_the_rows_moved_leaves_them_where_they_are(
    community, manager, claimant, imported, run_jobs
):
    elsewhere = MembershipFactory.create(member=imported)
    decided = services.decide_claim(claim=claim(community, imported, claimant), accept=True, by=manager)
    services.undo_claim(claim=decided, by=manager)
    run_jobs()
    elsewhere.refresh_from_db()
    assert elsewhere.member == imported


def test_refused_the_claimant_may_read_why(community, manager, claimant, imported):
    asked = claim(community, imported, claimant)
    services.decide_claim(claim=asked, accept=False, by=manager, reason="Le code n’y est pas.")
    [answered] = queries.claims_answered_to(claimant)
    assert answered.reason == "Le code n’y est pas."
    assert queries.claimant_of(asked.pk) == claimant.pk


def test_accepting_one_claim_ends_the_others(community, manager, claimant, imported):
    rival = claim(community, imported, MembershipFactory.create(community=community).member)
    services.decide_claim(claim=claim(community, imported, claimant), accept=True, by=manager)
    rival.refresh_from_db()
    assert rival.state == ClaimState.REFUSED


def test_two_managers_decide_once(community, manager, claimant, imported):
    asked = claim(community, imported, claimant)
    services.decide_claim(claim=asked, accept=True, by=manager)
    with pytest.raises(AlreadyDecided):
        services.decide_claim(claim=asked, accept=False, by=manager, reason="x")


@pytest.mark.parametrize("who", ["claimant", "LCM of another community"])
def test_only_the_lcm_of_that_community_decides(who, community, claimant, imported):
    by = claimant if who == "claimant" else ManagerFactory.create().member
    with pytest.raises(PermissionDenied):
        services.decide_claim(claim=claim(community, imported, claimant), accept=True, by=by)
