"""What a letter that did not arrive means for the next ones to that address.

Back for good, none goes there any more. Late or refused for the moment means nothing yet: a server may be
down, a mailbox full. Day after day, it does: mail rests for a week, then one letter finds out.
"""

from __future__ import annotations

import datetime as dt
import logging

from ..choices import LetterState
from ..models import Letter, Wishes
from ..queries.wishes import zone_of

log = logging.getLogger("passeur.notifications")

DAYS = 3
"""On so many days, each with a letter of its own."""
WITHIN = dt.timedelta(days=10)
REST = dt.timedelta(days=7)
SURE = dt.timedelta(days=1)
"""A letter of which nobody complained for so long has arrived."""


def returned(letter: Letter, words: str, now: dt.datetime) -> None:
    """Mail to that address comes back for good: none goes there any more, and the page says so."""
    came_back(letter, words)
    if letter.address and letter.address == letter.member.email:
        Wishes.objects.update_or_create(
            member=letter.member, defaults={"returned_address": letter.address, "returned_at": now}
        )


def came_back(letter: Letter, words: str) -> None:
    """This one did not arrive, which says nothing yet of the next."""
    letter.state, letter.trouble = LetterState.RETURNED, words[:300]
    letter.address = letter.address or letter.member.email or ""
    letter.save(update_fields=["state", "trouble", "address"])


def late(letter: Letter, now: dt.datetime) -> None:
    """A server cannot hand over this letter yet. The third day of that, mail to the address rests."""
    if letter.late_at is None:
        letter.late_at = now
        letter.save(update_fields=["late_at"])
    address, member = letter.address or letter.member.email or "", letter.member
    if address != member.email or not _is_lasting(member.pk, address, now):
        return
    Wishes.objects.update_or_create(
        member=member, defaults={"held_address": address, "held_until": now + REST}
    )
    log.info("mail to the address of letter %s rests for a week", letter.serial)


def _is_lasting(member: int, address: str, now: dt.datetime) -> bool:
    """Late on several days, and no letter of those days arrived."""
    letters = Letter.objects.filter(member=member, address=address)
    times = [at for at in letters.filter(late_at__gt=now - WITHIN).values_list("late_at", flat=True) if at]
    zone = zone_of(letters[0].member)
    if len({at.astimezone(zone).date() for at in times}) < DAYS:
        return False
    arrived = letters.filter(
        state=LetterState.SENT, late_at=None, sent_at__gt=min(times), sent_at__lt=now - SURE
    )
    return not arrived.exists()
