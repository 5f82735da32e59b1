"""Sending letters that wait: each held while it leaves, tried again later when the server would not take it.

A letter is marked as sent in the transaction that holds it, right after the server took it. When a worker is
killed, or the line lost, between the two, nobody can know whether it arrived: it is sent again, with the
same Message-ID, by which mail servers and programs know it as the same message.
"""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
from collections import defaultdict
from typing import Any

from django.core.mail import get_connection
from django.db import transaction

from passeur.accounts import policies as accounts
from passeur.foundation import events as bus

from .. import events
from ..choices import LetterState, Sort
from ..models import Letter, Notice, Wishes
from ..models.letter import SLOWEST
from ..queries.quiet import next_open
from ..queries.wishes import quiet_hours_of, wishes_of
from .composing import Composed, compose
from .returning import late, returned

log = logging.getLogger("passeur.notifications")

LONGEST = dt.timedelta(days=3)
"""How long a letter is tried; what it says stays in the page."""
AT_ONCE = 500


class LineLost(Exception):
    """The server cannot be reached, or hung up: no use in trying the next letter now."""


def send_waiting(now: dt.datetime) -> int:
    """Send what waits, oldest first, over one connection; how many letters left."""
    waiting = Letter.objects.filter(state=LetterState.WAITING, try_at__lte=now).order_by("try_at", "pk")
    keys = list(waiting.values_list("pk", flat=True)[:AT_ONCE])
    sent = 0
    connection = get_connection()
    try:
        for pk in keys:
            sent += send(pk, connection, now)
    except LineLost as lost:
        # What servers answer quotes addresses: the letter keeps it, the log only its first code.
        log.warning("mail waits: %s", _code(str(lost)))
    finally:
        _hang_up(connection)
    return sent


def send(pk: int, connection: Any, now: dt.datetime) -> bool:
    """Send one letter, unless another worker has it in hand. `LineLost`: it waits, and so do the others."""
    lost: LineLost | None = None
    with transaction.atomic():
        letter = (
            Letter.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("member")
            .filter(pk=pk, state=LetterState.WAITING, try_at__lte=now)
            .first()
        )
        if letter is None or _put_off(letter, now):
            return False
        composed = compose(letter, letter.member) if _may_receive(letter, now) else None
        if composed is None:
            letter.state = LetterState.EMPTY
            letter.save(update_fields=["state"])
            return False
        try:
            connection.send_messages([composed.message])
        except smtplib.SMTPRecipientsRefused as refusal:
            _refused(letter, refusal, now)
        except smtplib.SMTPDataError as refusal:
            _try_later(letter, f"{refusal.smtp_code} {_words(refusal.smtp_error)}", now)
        except (smtplib.SMTPException, OSError) as trouble:
            _try_later(letter, str(trouble) or type(trouble).__name__, now)
            lost = LineLost(letter.trouble)
        else:
            _sent(letter, composed, now)
    if lost is not None:
        # Outside the transaction, so that the next time of this letter is kept.
        raise lost
    return letter.state == LetterState.SENT


def _may_receive(letter: Letter, now: dt.datetime) -> bool:
    """Still somebody with an account, and mail to their address of now does not come back."""
    member = letter.member
    return accounts.can_sign_in(member) and not wishes_of(member).keeps_mail(member.email, now)


def _put_off(letter: Letter, now: dt.datetime) -> bool:
    """A letter that comes to leave in quiet hours, because the server was away, waits for their end."""
    wishes = Wishes.objects.filter(member=letter.member_id).first() or Wishes(member=letter.member)
    opens = next_open(quiet_hours_of(letter.member, wishes), now)
    if opens == now:
        return False
    letter.try_at = opens
    letter.save(update_fields=["try_at"])
    return True


def _sent(letter: Letter, composed: Composed, now: dt.datetime) -> None:
    letter.state, letter.sent_at, letter.address = LetterState.SENT, now, letter.member.email or ""
    letter.trouble = ""
    letter.save(update_fields=["state", "sent_at", "address", "trouble"])
    objects: dict[str, list[int]] = defaultdict(list)
    for notice, told in composed.told.items():
        rest = [pk for pk in notice.unmailed if pk not in told]
        Notice.objects.filter(pk=notice.pk).update(mailed_at=now, unmailed=rest)
        objects[notice.kind].append(notice.object)
    for kind, pks in objects.items():
        bus.publish(events.NoticesMailed(member=letter.member_id, kind=kind, objects=pks))
    if letter.sort == Sort.DIGEST:
        Wishes.objects.filter(member=letter.member_id).update(digest_until=letter.until)


def _refused(letter: Letter, refusal: smtplib.SMTPRecipientsRefused, now: dt.datetime) -> None:
    """The server knows at once that nobody reads there: the same as a mail that comes back."""
    code, answer = next(iter(refusal.recipients.values()), (450, b""))
    words = f"{code} {_words(answer)}"
    if code >= 500:
        returned(letter, words, now)
    else:
        _try_later(letter, words, now)
        if letter.state == LetterState.GIVEN_UP:
            late(letter, now)


def _try_later(letter: Letter, words: str, now: dt.datetime) -> None:
    letter.trouble = words[:300]
    letter.try_at = now + min(SLOWEST, dt.timedelta(minutes=2 ** min(letter.tries, 10)))
    letter.tries += 1
    if now - letter.made_at > LONGEST:
        letter.state = LetterState.GIVEN_UP
        log.error("letter %s given up after three days: %s", letter.serial, _code(letter.trouble))
    letter.save(update_fields=["trouble", "tries", "try_at", "state"])


def _words(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer


def _code(words: str) -> str:
    """The code that an answer of a mail server begins with, or that it gave none."""
    first = words.split(" ", 1)[0]
    return first if first.isdecimal() else "no answer"


def _hang_up(connection: Any) -> None:
    try:
        connection.close()
    except (smtplib.SMTPException, OSError):
        log.info("the mail server was gone before we said goodbye")
