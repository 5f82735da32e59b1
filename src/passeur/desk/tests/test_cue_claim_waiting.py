import pytest

from passeur.communities import services as communities
from passeur.communities.choices import ClaimState
from passeur.communities.tests.factories import ClaimFactory

pytestmark = pytest.mark.django_db
RULE = "claim-waiting"


@pytest.fixture
def claim(place):
    return ClaimFactory.create(
        community=place.community,
        claimant=place.member("Grace Hopper"),
        imported=place.imported("hopper7"),
        proof="Le code <7413> est sur ma page.",
    )


def test_a_claim_is_found_at_once(place, claim):
    cue = place.cue(RULE)
    assert cue.title == "Grace Hopper dit être «\xa0hopper7\xa0»"
    assert "Le code &lt;7413&gt; est sur ma page." in cue.why
    assert (cue.since, cue.waiting) == (claim.asked_at, claim.claimant_id)
    (move,) = cue.moves
    assert move.url == cue.url


@pytest.mark.parametrize("state", [state for state in ClaimState if state != ClaimState.OPEN])
def test_a_decided_claim_is_not(place, claim, state):
    claim.state = state
    claim.save()
    assert place.cues(RULE) == []


def test_it_goes_as_soon_as_one_manager_decided(place, claim):
    communities.decide_claim(claim=claim, accept=False, reason="Le code n’y est pas.", by=place.manager)
    assert place.cues(RULE) == []


def test_a_claim_elsewhere_is_not(place):
    ClaimFactory.create()
    assert place.cues(RULE) == []
