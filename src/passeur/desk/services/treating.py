"""Acting on a cue: a move, done, later, somebody else; once only, and every one can be undone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from passeur.foundation import events as bus
from passeur.foundation import live
from passeur.foundation.policies import require

from .. import errors, events, policies, queries
from ..choices import Outcome, Snooze
from ..cues import Cue, Subject
from ..models import Step
from .gestures import GESTURES, Done, Given, take_back
from .judging import judge

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

HANDED_FOR = dt.timedelta(days=7)


def move(*, community: Community, key: str, slug: str, given: Given, by: Member) -> Step:
    """Carry out one of the moves that a cue offers now."""
    cue = _current(community, key, by)
    chosen = cue.move(slug)
    if chosen is None or chosen.name not in GESTURES:
        raise errors.NoSuchMove
    with transaction.atomic():
        step = _claim(cue, Outcome.DONE, chosen.name, by, until=timezone.now() + cue.rule.rest)
        return _settle(step, GESTURES[chosen.name](cue, chosen, given, by))


def put_done(*, community: Community, key: str, by: Member) -> Step:
    """It was dealt with elsewhere, or needs nothing."""
    cue = _current(community, key, by)
    with transaction.atomic():
        step = _claim(cue, Outcome.DONE, "done", by, until=timezone.now() + cue.rule.rest)
        return _settle(step, Done())


def snooze(*, community: Community, key: str, until: Snooze, by: Member) -> Step:
    """Let it rest until tomorrow, Monday or next month, at the time the day begins."""
    cue = _current(community, key, by)
    moment = wakes(until, timezone.now())
    with transaction.atomic():
        step = _claim(cue, Outcome.SNOOZED, "snooze", by, until=moment)
        return _settle(step, Done())


def hand_over(*, community: Community, key: str, to: Member, by: Member) -> Step:
    """Give it to another manager of the same community; it then stands first in their list."""
    cue = _current(community, key, by)
    require(policies.can_work(to, community) and to.pk != by.pk)
    with transaction.atomic():
        step = _claim(cue, Outcome.HANDED, "hand-over", by, until=timezone.now() + HANDED_FOR)
        return _settle(step, Done(person=to))


def undo(*, step: Step, by: Member) -> None:
    """Take a gesture back, with what it did; the cue returns to its list."""
    require(policies.can_undo(by, step))
    with transaction.atomic():
        kept = Step.objects.select_for_update().get(pk=step.pk)
        if not kept.can_be_undone:
            raise errors.NothingToUndo
        take_back(kept.trace, by)
        kept.undone_at, kept.undone_by = timezone.now(), by
        kept.save(update_fields=["undone_at", "undone_by"])
        judge([Subject.named(kept.community_id, kept.subject)])
        bus.publish(events.CueReturned(step=kept.pk, community=kept.community_id, key=kept.key, by=by.pk))
        live.announce("desk", kept.community_id, step=kept.pk)


def wakes(until: Snooze, now: dt.datetime) -> dt.datetime:
    """When a snoozed cue comes back: at 6 in the morning of that day, on the reader's clock."""
    today = timezone.localtime(now).date()
    if until == Snooze.TOMORROW:
        day = today + dt.timedelta(days=1)
    elif until == Snooze.MONDAY:
        day = today + dt.timedelta(days=7 - today.weekday())
    else:
        day = (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(6)))


def _current(community: Community, key: str, by: Member) -> Cue:
    require(policies.can_work(by, community))
    now = timezone.now()
    cue = queries.find_cue(by, community, key, now)
    if cue is None:
        _say_who_was_quicker(community, key, now)
        raise errors.CueGone
    step = queries.standing([(community.pk, cue.subject)]).get((community.pk, cue.subject))
    if step is not None and step.outcome == Outcome.DONE and queries.rests(step, cue, now):
        raise errors.AlreadyTreated(step.by.name)
    return cue


def _say_who_was_quicker(community: Community, key: str, now: dt.datetime) -> None:
    """What is gone may be gone because a colleague just did it: then their name says more."""
    quicker = queries.standing_on_key(community, key, now)
    if quicker is not None:
        raise errors.AlreadyTreated(quicker.by.name)


def _claim(cue: Cue, outcome: Outcome, name: str, by: Member, *, until: dt.datetime) -> Step:
    """Take the subject: what no longer rests on it ends, and of two managers at once only one gets it."""
    now = timezone.now()
    standing = Step.objects.filter(
        community=cue.community, subject=cue.subject, undone_at=None, ended_at=None
    )
    holds = Q(outcome=Outcome.DONE, until__gt=now) & (Q(key=cue.key) | Q(at__gte=cue.since))
    standing.exclude(holds).update(ended_at=now)
    try:
        with transaction.atomic():
            return Step.objects.create(
                community=cue.community,
                subject=cue.subject,
                key=cue.key,
                rule=cue.rule.name,
                title=cue.title[:300],
                conversation=cue.conversation,
                url=cue.url[:300],
                outcome=outcome,
                move=name,
                by=by,
                until=until,
            )
    except IntegrityError:
        other = standing.select_related("by").first()
        raise errors.AlreadyTreated(other.by.name if other else "") from None


def _settle(step: Step, done: Done) -> Step:
    step.trace, step.to = done.trace, done.person
    step.save(update_fields=["trace", "to"])
    judge([Subject.named(step.community_id, step.subject)])
    bus.publish(events.CueTreated(step=step.pk, community=step.community_id, key=step.key, by=step.by_id))
    live.announce("desk", step.community_id, step=step.pk)
    return step
