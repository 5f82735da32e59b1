"""Sending all statements on to another store: in their order, each at least once, none dropped.

What the other store refuses for good is told and kept, and what comes after it goes on. For everything else
(it does not answer, it is busy, it does not know our key) the position stays, and it is tried again later.
An id is sent twice where an answer was lost: the other store knows it already.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from passeur.algorithms.xapi.prepared import attachments_of
from passeur.foundation import audit
from passeur.foundation.policies import require

from .. import policies
from ..adapters.lrs import Lrs
from ..choices import Act
from ..errors import Elsewhere, TurnedAway
from ..models import Forward, Undelivered, Withdrawal
from ..models.forwarding import EPOCH
from ..protocols import voiding
from ..queries import statements, things

if TYPE_CHECKING:
    from passeur.accounts.models import Member

BATCH = 100
LONGEST_WAIT = dt.timedelta(hours=6)
LOST_KEY = "the secret cannot be read: SECRET_KEY is another one than when it was entered"


def create(*, name: str, address: str, key: str, secret: str, everything: bool, by: Member) -> Forward:
    """Begin to send: all that there is, or what comes from now on."""
    require(policies.can_manage_clients(by))
    made = Forward(name=name, address=Lrs(address, key, secret).address, key=key, created_by=by)
    made.position = EPOCH if everything else statements.consistent_through()
    made.keep_secret(secret)
    with transaction.atomic():
        made.save()
        audit.record(Act.FORWARD_CREATED, by=by.pk, forward=made.pk, everything=everything)
    return made


def pause(*, forward: Forward, by: Member) -> None:
    """Send nothing for now; the position stays."""
    require(policies.can_manage_clients(by))
    with transaction.atomic():
        if Forward.objects.filter(pk=forward.pk, paused_at=None).update(paused_at=timezone.now()):
            audit.record(Act.FORWARD_PAUSED, by=by.pk, forward=forward.pk)


def resume(*, forward: Forward, by: Member) -> None:
    """Go on, at once. What was refused waits for `try_again`."""
    require(policies.can_manage_clients(by))
    with transaction.atomic():
        Forward.objects.filter(pk=forward.pk).update(paused_at=None, failures=0, next_try_at=timezone.now())
        audit.record(Act.FORWARD_RESUMED, by=by.pk, forward=forward.pk)


def remove(*, forward: Forward, by: Member) -> None:
    """End it. What is there stays there."""
    require(policies.can_manage_clients(by))
    with transaction.atomic():
        audit.record(Act.FORWARD_REMOVED, by=by.pk, forward=forward.pk)
        Forward.objects.filter(pk=forward.pk).delete()


def withdraw(ids: Sequence[UUID], stored: Mapping[UUID, dt.datetime]) -> None:
    """These go here: void them wherever they were sent. Called inside the transaction that erases them."""
    # Held, so that nobody is sending one of them meanwhile.
    for forward in Forward.objects.select_for_update().order_by("pk"):
        gone = [one for one in ids if stored[one] <= forward.position]
        Withdrawal.objects.bulk_create(
            [Withdrawal(forward=forward, statement=one) for one in gone], ignore_conflicts=True
        )
        Undelivered.objects.filter(forward=forward, statement__in=ids).delete()


def send_next(forward: int) -> bool:
    """Send one batch of whatever waits; whether there may be more to send now."""
    # Before the transaction: asked in it, the store's clock would be held while the other store answers.
    upto = statements.consistent_through()
    with transaction.atomic():
        held = Forward.objects.select_for_update(skip_locked=True).filter(pk=forward, paused_at=None).first()
        if held is None or held.next_try_at > timezone.now():
            return False
        try:
            more = _send(held, upto)
        except Elsewhere as error:
            held.failures += 1
            held.next_try_at = timezone.now() + _patience(held.failures)
            held.last_error = str(error)[:400]
            held.save(update_fields=["failures", "next_try_at", "last_error"])
            return False
        if held.failures or held.last_error:
            Forward.objects.filter(pk=held.pk).update(failures=0, last_error="")
    return more


def try_again(*, forward: Forward, by: Member) -> int:
    """Send once more what was refused, oldest first; how many were taken now."""
    require(policies.can_manage_clients(by))
    taken = 0
    with transaction.atomic():
        held = Forward.objects.select_for_update().get(pk=forward.pk)
        for one in held.undelivered.all()[:BATCH]:
            key = str(one.statement)
            found = statements.one(key, voided=False)[1] or statements.one(key, voided=True)[1]
            if found is None:
                one.delete()
                continue
            try:
                _deliver(_store(held), [found[1]])
            except TurnedAway as refused:
                Undelivered.objects.filter(pk=one.pk).update(why=str(refused)[:400], at=timezone.now())
                continue
            except Elsewhere:
                break
            one.delete()
            taken += 1
        Forward.objects.filter(pk=held.pk).update(sent=held.sent + taken)
    return taken


def _send(forward: Forward, upto: dt.datetime) -> bool:
    store = _store(forward)
    if waiting := list(forward.withdrawals.all()[:BATCH]):
        _void(store, waiting)
        return True
    rows = statements.following(forward.position, upto=upto, limit=BATCH)
    if not rows:
        return False
    _send_rows(store, forward, rows)
    return len(rows) == BATCH


def _store(forward: Forward) -> Lrs:
    secret = forward.secret
    if secret is None:
        raise Elsewhere(LOST_KEY)
    return Lrs(forward.address, forward.key, secret)


def _send_rows(store: Lrs, forward: Forward, rows: Sequence[statements.Row]) -> None:
    """Send a batch; where it is refused, its halves, down to the one that is not wanted."""
    try:
        _deliver(store, [body for _stored, body in rows])
    except TurnedAway as refused:
        if len(rows) > 1:
            half = len(rows) // 2
            _send_rows(store, forward, rows[:half])
            _send_rows(store, forward, rows[half:])
            return
        Undelivered.objects.get_or_create(
            forward=forward, statement=json.loads(rows[0][1])["id"], defaults={"why": str(refused)[:400]}
        )
        _note(forward, rows[-1][0], 0)
        return
    _note(forward, rows[-1][0], len(rows))


def _note(forward: Forward, position: dt.datetime, sent: int) -> None:
    forward.position, forward.sent, forward.last_sent_at = position, forward.sent + sent, timezone.now()
    forward.save(update_fields=["position", "sent", "last_sent_at"])


def _deliver(store: Lrs, bodies: Sequence[str]) -> None:
    """Statements of one edition together, in their order, with their attachments."""
    run: list[str] = []
    version = ""
    for body in bodies:
        its = "1.0.3" if str(json.loads(body).get("version", "1.0.0")).startswith("1.") else "2.0.0"
        if run and its != version:
            store.send(run, _contents(run), version)
            run = []
        version = its
        run.append(body)
    if run:
        store.send(run, _contents(run), version)


def _contents(bodies: Sequence[str]) -> dict[str, tuple[Any, bytes]]:
    told = {one["sha2"].lower(): one for body in bodies for one in attachments_of(json.loads(body))}
    if not told:
        return {}
    return {told[sha2]["sha2"]: (told[sha2], content) for sha2, content in things.contents(told).items()}


def _void(store: Lrs, waiting: Sequence[Withdrawal]) -> None:
    for one in waiting:
        # Refused: it is not there, or voided already, and there is nothing left to take back.
        with suppress(TurnedAway):
            _deliver(store, [json.dumps(voiding(str(one.statement), one.at))])
        one.delete()


def _patience(failures: int) -> dt.timedelta:
    """A minute, then twice as long each time."""
    return min(dt.timedelta(minutes=2 ** min(failures - 1, 12)), LONGEST_WAIT)
