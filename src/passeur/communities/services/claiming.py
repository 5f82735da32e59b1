"""An imported member is claimed by the person it is, with a proof; the LCM decides, and can take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from passeur.accounts import services as accounts
from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import events, policies
from ..choices import ClaimState
from ..errors import AlreadyClaimed, AlreadyDecided
from ..models import Claim, Community

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def ask_claim(*, community: Community, imported: Member, proof: str, by: Member) -> Claim:
    """Say that an imported member is oneself, and how that can be checked."""
    require(policies.can_claim(by, imported, community))
    with transaction.atomic():
        if Claim.objects.filter(claimant=by, imported=imported, state=ClaimState.OPEN).exists():
            raise AlreadyClaimed
        claim = Claim.objects.create(community=community, claimant=by, imported=imported, proof=proof)
        bus.publish(events.ClaimMade(community=community.pk, claim=claim.pk))
    return claim


def decide_claim(*, claim: Claim, accept: bool, by: Member, reason: str = "") -> Claim:
    """Accept or refuse. Accepted, what the imported member wrote becomes the claimant's; other claims end."""
    require(policies.can_decide_claim(by, claim))
    with transaction.atomic():
        held = Claim.objects.select_for_update().get(pk=claim.pk)
        if held.state != ClaimState.OPEN:
            raise AlreadyDecided
        if accept:
            held.merge = accounts.merge_members(
                source=held.imported, target=held.claimant, proof=held.proof, by=by
            )
        _decide(held, ClaimState.ACCEPTED if accept else ClaimState.REFUSED, by, reason)
        if accept:
            for other in Claim.objects.filter(imported=held.imported, state=ClaimState.OPEN):
                _decide(other, ClaimState.REFUSED, by, "")
    return held


def undo_claim(*, claim: Claim, by: Member, reason: str = "") -> Claim:
    """The decision was a mistake: everything goes back to the imported member."""
    require(policies.can_decide_claim(by, claim))
    with transaction.atomic():
        held = Claim.objects.select_for_update().get(pk=claim.pk)
        if held.state != ClaimState.ACCEPTED or held.merge is None:
            raise AlreadyDecided
        accounts.undo_merge(merge=held.merge, by=by)
        _decide(held, ClaimState.REFUSED, by, reason)
    return held


def _decide(claim: Claim, state: ClaimState, by: Member, reason: str) -> None:
    claim.state, claim.decided_at, claim.decided_by, claim.reason = state, timezone.now(), by, reason
    claim.save(update_fields=["state", "decided_at", "decided_by", "reason", "merge"])
    bus.publish(
        events.ClaimDecided(
            community=claim.community_id, claim=claim.pk, accepted=state == ClaimState.ACCEPTED
        )
    )
