"""Saying yes or no. A no is known to nobody but who said it, and forgotten when the time is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import errors, events, policies
from ..choices import Answer, State
from ..models import Introduction

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def accept(*, introduction: Introduction, by: Member) -> Introduction:
    """Say yes; the second yes opens the exchange."""
    with transaction.atomic():
        kept = _held(introduction, by)
        if kept.answer_of(by) == Answer.YES:
            return kept
        require(policies.can_answer(by, kept))
        setattr(kept, kept.side(by), Answer.YES)
        if kept.first_answer == kept.second_answer == Answer.YES:
            kept.state, kept.opened_at = State.OPEN, timezone.now()
            bus.publish(events.IntroductionOpened(introduction=kept.pk))
        kept.save()
    return kept


def decline(*, introduction: Introduction, by: Member) -> None:
    """Say no. Nothing else changes: for everybody else it waits, and then its time is over."""
    with transaction.atomic():
        kept = _held(introduction, by)
        if kept.answer_of(by) == Answer.NO:
            return
        require(policies.can_answer(by, kept))
        setattr(kept, kept.side(by), Answer.NO)
        kept.save(update_fields=[kept.side(by)])


def reconsider(*, introduction: Introduction, by: Member) -> None:
    """Take one's answer back while it changes nothing for the other."""
    with transaction.atomic():
        kept = _held(introduction, by)
        setattr(kept, kept.side(by), Answer.NOTHING)
        kept.save(update_fields=[kept.side(by)])


def _held(introduction: Introduction, by: Member) -> Introduction:
    """The introduction as it is now, locked until the transaction ends; refused once it is over."""
    kept = Introduction.objects.select_for_update().get(pk=introduction.pk)
    require(policies.can_see(by, kept))
    if not kept.is_waiting:
        raise errors.NotOpen
    return kept
