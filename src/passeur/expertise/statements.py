"""Requests to people who could answer, as statements. Why somebody could not is told nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from passeur.records.protocols import AGREED, DECLINED, EXPIRED, QUESTION, REFERRED, Fact, Thing, Verb
from passeur.records.services.deriving import source

from . import events
from .choices import ReferralState
from .models import Referral

_DECISIONS: dict[str, Verb] = {
    ReferralState.ACCEPTED: AGREED,
    ReferralState.DECLINED: DECLINED,
    ReferralState.EXPIRED: EXPIRED,
}


def _one(event: events.ReferralMade | events.ReferralAccepted) -> list[int]:
    return [event.referral]


@source(
    "referrals",
    every=Referral.objects.all,
    verbs=[REFERRED, *_DECISIONS.values()],
    on={
        events.ReferralMade: _one,
        events.ReferralAccepted: _one,
        events.ReferralDeclined: _one,
        events.ReferralExpired: _one,
    },
)
def referrals(numbers: Sequence[int]) -> Iterator[Fact]:
    """Who took a question to whom, and what became of it. That time passed is nobody's deed."""
    for one in Referral.objects.filter(pk__in=numbers).select_related("conversation"):
        question, place = Thing(QUESTION, one.conversation_id), one.conversation.community_id
        yield Fact(
            one.pk, f"referred {one.pk}", one.asked_by_id, REFERRED, question, one.made_at, place,
            concerned=[one.member_id],
        )  # fmt: skip
        verb = _DECISIONS.get(one.state)
        if verb is not None and one.decided_at is not None:
            member = None if verb is EXPIRED else one.member_id
            concerned = [one.member_id] if member is None else []
            yield Fact(
                one.pk, f"{one.state} {one.pk}", member, verb, question, one.decided_at, place,
                concerned=concerned,
            )  # fmt: skip
