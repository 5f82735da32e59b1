"""A member's gestures on their own feed. Each acts at once, can be undone, and is told to nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from passeur.conversations import policies as conversations
from passeur.foundation.policies import require
from passeur.skills import policies as skill_policies
from passeur.skills import services as skills

from ..models import Less, Mark, Passed, Suggestion

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.conversations.models import Conversation
    from passeur.skills.models import Theme


def been_round(*, until: dt.datetime, by: Member) -> bool:
    """They have seen what there was until then. Never moves back, never past now; says whether it moved."""
    until = min(until, timezone.now())
    with transaction.atomic():
        mark = _held(by)
        if mark.seen_until is not None and until <= mark.seen_until:
            return False
        mark.seen_before, mark.seen_until = mark.seen_until, until
        mark.save(update_fields=["seen_before", "seen_until"])
    return True


def back_to_before(*, by: Member) -> None:
    """They have not, after all. Once: there is no mark before the one before."""
    with transaction.atomic():
        mark = _held(by)
        mark.seen_until, mark.seen_before = mark.seen_before, None
        mark.save(update_fields=["seen_before", "seen_until"])


def less_of(*, theme: Theme, by: Member) -> None:
    """Only what concerns them directly still comes from this theme and those under it."""
    require(skill_policies.can_see(by, theme))
    Less.objects.get_or_create(member=by, theme=theme)


def no_longer_less_of(*, theme: Theme, by: Member) -> None:
    """As before."""
    Less.objects.filter(member=by, theme=theme).delete()


def pass_over(*, conversation: Conversation, by: Member) -> None:
    """Not this time: the question is offered to them no more. Nobody is told."""
    require(conversations.can_see(by, conversation))
    Passed.objects.get_or_create(member=by, conversation=conversation)


def take_back(*, conversation: Conversation, by: Member) -> None:
    """Offer it again."""
    Passed.objects.filter(member=by, conversation=conversation).delete()


def choose_themes(*, themes: Collection[Theme], by: Member) -> None:
    """Follow these themes; the chooser has done its work."""
    with transaction.atomic():
        for theme in themes:
            skills.follow_theme(theme=theme, member=by)
        settle(by=by)


def settle(*, by: Member) -> None:
    """Do not offer the choice of themes again."""
    Mark.objects.update_or_create(member=by, defaults={"is_settled": True})


def use_inferences(*, on: bool, by: Member) -> None:
    """Whether Passeur guesses what may help them. Switched off, what it had worked out is forgotten."""
    with transaction.atomic():
        Mark.objects.update_or_create(member=by, defaults={"is_personal": on})
        if not on:
            Suggestion.objects.filter(member=by).delete()


def _held(member: Member) -> Mark:
    """Their mark, locked until the transaction ends."""
    Mark.objects.get_or_create(member=member)
    return Mark.objects.select_for_update().get(member=member)
