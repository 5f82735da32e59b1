"""Proposing that two people meet: by the LCM with their own reason, by Passeur with those it found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from passeur.accounts.queries import is_introducible
from passeur.communities import queries as communities
from passeur.communities.queries import scopes
from passeur.foundation import events as bus
from passeur.foundation.policies import require
from passeur.notifications import services as notifications

from .. import errors, events, notices, policies
from ..choices import State
from ..models import PATIENCE, Introduction
from ..queries.suggesting import Reason, suggestions, together

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

MOST_OPEN = 2
"""Proposals that may wait for one person at once. One that they declined counts until its time is over:
a place that is free too early would say who declined."""
A_WEEK = 3
"""Proposals of Passeur in one community at a time."""
LOOKED_AT = 40
"""People for whom Passeur looks, each time, in one community."""


def propose(*, community: Community, first: Member, second: Member, by: Member, reason: str) -> Introduction:
    """The LCM of a community proposes that two of its members meet."""
    require(policies.can_propose(by, community))
    if not reason.strip():
        raise errors.NoReason
    return _keep(community, first, second, by=by, reason=reason.strip(), found=[])


def withdraw_by_id(pk: int, *, by: Member) -> None:
    """The LCM takes a proposal back, while no exchange came of it; nobody learns what was answered."""
    with transaction.atomic():
        one = Introduction.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        if one is None:
            return
        require(policies.can_propose(by, one.community))
        if one.state == State.OPEN:
            raise errors.AlreadyOpen
        bus.publish(events.IntroductionWithdrawn(one.community_id, one.first_id, one.second_id))
        notifications.forget(notices.subject(one.pk))
        one.delete()


def _keep(
    community: Community,
    first: Member,
    second: Member,
    *,
    by: Member | None,
    reason: str,
    found: Sequence[Reason],
) -> Introduction:
    pair = sorted([first.pk, second.pk])
    with transaction.atomic():
        # Locked in order: two proposals at once for one person count each other.
        people = get_user_model()._default_manager.filter(pk__in=pair).order_by("pk").select_for_update()
        ready = {person.pk for person in people.filter(is_introducible())}
        if len(set(pair)) < 2:
            raise errors.NotTogether
        if ready != set(pair):
            raise errors.NotIntroducible
        if communities.members(community).filter(pk__in=pair).count() < 2:
            raise errors.NotTogether
        _check_room(pair)
        kept = Introduction.objects.create(
            community=community,
            first_id=pair[0],
            second_id=pair[1],
            by_passeur=by is None,
            proposed_by=by,
            reason=reason,
            found=[list(reason) for reason in found],
        )
        bus.publish(events.IntroductionProposed(introduction=kept.pk))
    return kept


def _check_room(pair: list[int]) -> None:
    standing = Introduction.objects.filter(first=pair[0], second=pair[1]).exclude(state=State.ENDED)
    if standing.exists():
        raise errors.AlreadyProposed
    for pk in pair:
        waiting = Introduction.objects.filter(Q(first=pk) | Q(second=pk), state=State.PROPOSED)
        if waiting.count() >= MOST_OPEN:
            raise errors.TooManyOpen


def suggest(community: Community, *, most: int = A_WEEK) -> list[Introduction]:
    """Passeur proposes a few pairs: whoever came last first, and nobody who was proposed in two weeks."""
    lately = Introduction.objects.filter(created_at__gte=timezone.now() - PATIENCE)
    busy = {pk for pair in lately.values_list("first", "second") for pk in pair}
    made: list[Introduction] = []
    for member in together(community).exclude(pk__in=busy).order_by("-joined_at", "-pk")[:LOOKED_AT]:
        if len(made) >= most:
            break
        if member.pk in busy:
            continue
        free = [one for one in suggestions(member, community) if one.other.pk not in busy]
        if free:
            try:
                made.append(
                    _keep(community, member, free[0].other, by=None, reason="", found=free[0].reasons)
                )
            except (errors.TooManyOpen, errors.AlreadyProposed, errors.NotIntroducible, errors.NotTogether):
                continue
            busy |= {member.pk, free[0].other.pk}
    return made


def suggest_everywhere() -> None:
    """In every community that lives. Run again the same week, it finds those it proposed, and others."""
    week = timezone.now() - PATIENCE / 4
    for community in scopes.every():
        if community.is_archived:
            continue
        done = Introduction.objects.filter(community=community, by_passeur=True, created_at__gte=week).count()
        if done < A_WEEK:
            suggest(community, most=A_WEEK - done)
