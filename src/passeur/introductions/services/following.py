"""What time does: an answer that did not come, and two weeks later, whether they wrote."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from passeur.foundation import events as bus

from .. import events
from ..choices import Answer, State
from ..models import PATIENCE, Introduction, Message


def expire_due() -> int:
    """End those whose time is over, and forget what was answered; how many."""
    due = Introduction.objects.filter(state=State.PROPOSED, expires_at__lte=timezone.now())
    return due.update(state=State.ENDED, first_answer=Answer.NOTHING, second_answer=Answer.NOTHING)


def follow_up_due() -> int:
    """Two weeks after it opened, count how many of the two wrote; how many introductions."""
    now = timezone.now()
    due = Introduction.objects.filter(state=State.OPEN, followed_up_at=None, opened_at__lte=now - PATIENCE)
    keys = list(due.values_list("pk", flat=True))
    for pk in keys:
        wrote = Message.objects.filter(introduction=pk).aggregate(n=Count("author", distinct=True))["n"]
        with transaction.atomic():
            if due.filter(pk=pk).update(followed_up_at=now, wrote=wrote):
                bus.publish(events.IntroductionFollowedUp(introduction=pk))
    return len(keys)
