"""Seeing to one time: by posting, or by ticking what took place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from passeur.conversations import services as conversations
from passeur.conversations.choices import Kind
from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import errors, events, policies
from ..choices import State
from ..models import Occurrence, Ritual
from ..queries.calendar import days_of, instant

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.conversations.models import Conversation


def hold_post(*, occurrence: Occurrence, title: str, body: str, by: Member) -> Conversation:
    """Open the discussion of this time; done with it, once."""
    with transaction.atomic():
        kept = _held(occurrence, by)
        conversation = conversations.start_conversation(
            community=kept.ritual.community, kind=Kind.DISCUSSION, title=title, body=body, by=by
        )
        kept.conversation = conversation
        _done(kept, by)
    return conversation


def hold_event(*, occurrence: Occurrence, took_part: int | None, by: Member) -> None:
    """It took place; how many came, where somebody counted."""
    with transaction.atomic():
        kept = _held(occurrence, by)
        kept.took_part = took_part
        _done(kept, by)


def took_place(*, community: int, title: str, came: Sequence[int]) -> None:
    """The times of a ritual before it is planned here, the first one first, with how many came to each.

    Its owner held them.
    """
    ritual = Ritual.objects.select_related("community").get(community=community, title=title)
    days = days_of(ritual, ritual.starts_on, ritual.since - dt.timedelta(days=1), planned=False)
    for day, count in zip(days, came, strict=True):
        at = instant(day, ritual.hour, ritual.community.time_zone)
        kept = Occurrence.objects.create(
            ritual=ritual, day=day, at=at, state=State.DONE, done_at=at, done_by=ritual.owner, took_part=count
        )
        if ritual.owner_id is not None:
            bus.publish(events.RitualHeld(occurrence=kept.pk, by=ritual.owner_id))


def _held(occurrence: Occurrence, by: Member) -> Occurrence:
    kept = (
        Occurrence.objects.select_for_update(of=("self",))
        .select_related("ritual__community")
        .get(pk=occurrence.pk)
    )
    require(policies.can_hold(by, kept))
    if kept.state == State.DONE:
        raise errors.AlreadyDone
    return kept


def _done(kept: Occurrence, by: Member) -> None:
    kept.state, kept.done_at, kept.done_by = State.DONE, timezone.now(), by
    kept.save()
    bus.publish(events.RitualHeld(occurrence=kept.pk, by=by.pk))
