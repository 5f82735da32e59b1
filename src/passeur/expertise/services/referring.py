"""Taking a question to somebody, and taking that back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from passeur.communities import queries as communities
from passeur.conversations.choices import State
from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import errors, events, policies
from ..choices import Obstacle, ReferralState
from ..models import Queued, Referral
from ..queries.availability import availability
from ..queries.candidates import considered_for
from ..queries.referrals import UNHELPED

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.conversations.models import Conversation

TIME_TO_ANSWER = dt.timedelta(hours=12)
"""Open hours of the community (quiet ones do not count) after which a request goes to the next person."""
MOST_INVITED = 3
REFERRABLE = (*UNHELPED, State.ANSWERED)
"""A person may bring another answerer where an answer is there and nobody knows whether it is enough."""


def refer(*, conversation: Conversation, to: Member, by: Member) -> Referral:
    """Take a question to somebody, with the reasons why them."""
    require(policies.can_refer(by, conversation))
    if conversation.state not in REFERRABLE or to.pk == conversation.author_id:
        raise errors.NothingToRefer
    return propose(conversation, to, by=by, why=reasons_for(conversation, to))


def refer_invited(*, conversation: Conversation, invited: Sequence[int]) -> list[Referral]:
    """Take a new question to those whom its author ticked, three at most, if they can be asked."""
    author = conversation.author
    require(policies.can_refer(author, conversation))
    known = {candidate.member.pk: candidate for candidate in considered_for(conversation, limit=20).askable}
    made = []
    for pk in list(dict.fromkeys(invited))[:MOST_INVITED]:
        if pk in known:
            try:
                made.append(propose(conversation, known[pk].member, by=author, why=known[pk].kept))
            except errors.CannotBeAsked:
                continue  # already asked, or somebody else's question took the room meanwhile
    return made


def reasons_for(conversation: Conversation, person: Member) -> list[dict[str, Any]]:
    """The reasons of somebody who is considered for a question; none for somebody chosen otherwise."""
    found = considered_for(conversation, limit=20)
    everybody = [*found.askable, *found.greyed]
    return next((candidate.kept for candidate in everybody if candidate.member.pk == person.pk), [])


def propose(
    conversation: Conversation, person: Member, *, by: Member | None, why: list[dict[str, Any]]
) -> Referral:
    """Make the request, if the person has room: their row is held, so that nobody goes beyond a cap."""
    now = timezone.now()
    with transaction.atomic():
        get_user_model()._default_manager.select_for_update(of=("self",)).get(pk=person.pk)
        obstacle = _obstacle(conversation, person)
        if obstacle is not None:
            raise errors.CannotBeAsked(person.name, obstacle)
        last = Referral.objects.filter(conversation=conversation).aggregate(last=Max("position"))["last"]
        referral = Referral.objects.create(
            conversation=conversation,
            member=person,
            asked_by=by,
            reasons=why,
            position=(last or 0) + 1,
            made_at=now,
            expires_at=communities.quiet_hours(conversation.community).after(now, TIME_TO_ANSWER),
        )
        Queued.objects.filter(conversation=conversation).delete()
        bus.publish(
            events.ReferralMade(
                referral=referral.pk,
                conversation=conversation.pk,
                community=conversation.community_id,
                member=person.pk,
                by=by.pk if by else None,
            )
        )
    return referral


def withdraw(*, referral: Referral, by: Member) -> None:
    """The person need not look at it any more."""
    require(policies.can_withdraw(by, referral))
    with transaction.atomic():
        end(held(referral.pk), ReferralState.WITHDRAWN)


def withdraw_by_id(pk: int, *, by: Member) -> None:
    """Withdraw the request of that key."""
    referral = Referral.objects.select_related("conversation__community").filter(pk=pk).first()
    if referral is None:
        raise PermissionDenied
    withdraw(referral=referral, by=by)


def held(pk: int) -> Referral:
    """An open request, held until the transaction ends; `AlreadyDecided` when it is not open any more."""
    rows = Referral.objects.select_for_update(of=("self",)).select_related(
        "conversation__community", "conversation__author", "member"
    )
    referral = rows.get(pk=pk)
    if not referral.is_open:
        raise errors.AlreadyDecided
    return referral


_ENDINGS = {
    ReferralState.ANSWERED: events.ReferralAnswered,
    ReferralState.EXPIRED: events.ReferralExpired,
    ReferralState.WITHDRAWN: events.ReferralWithdrawn,
}


def end(referral: Referral, state: ReferralState) -> None:
    """Close an open request and announce it, inside the caller's transaction."""
    referral.state, referral.decided_at = state, timezone.now()
    referral.save(update_fields=["state", "decided_at"])
    bus.publish(
        _ENDINGS[state](
            referral=referral.pk,
            conversation=referral.conversation_id,
            community=referral.conversation.community_id,
            member=referral.member_id,
        )
    )


def _obstacle(conversation: Conversation, person: Member) -> Obstacle | None:
    asked = Referral.objects.filter(conversation=conversation, member=person)
    if asked.exclude(state=ReferralState.WITHDRAWN).exists():
        return Obstacle.ASKED
    free = availability(conversation.community, [person.pk]).get(person.pk)
    return free.obstacle if free else Obstacle.NO_ACCOUNT
