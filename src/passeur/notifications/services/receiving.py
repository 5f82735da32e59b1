"""What comes back by mail: returned letters are understood, automatic answers dropped, the rest turned away.

A returned message counts only with the serial of a letter of ours in it, which nobody can guess: somebody
who makes up a return cannot stop another person's mail.
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import logging
import re
from email.message import Message
from email.utils import parseaddr
from enum import Enum

from django.db import transaction
from django.utils import timezone
from flufl.bounce import all_failures

from ..choices import LetterState
from ..models import Letter
from .returning import came_back, late, returned

log = logging.getLogger("passeur.notifications")

LARGEST = 10 * 2**20
"""Bytes that are read of a message: more than any return holds."""

MARKS = ("X-Autoreply", "X-Autorespond", "List-Id", "X-Auto-Response-Suppress")
"""Headers that only machines write."""

NOBODY = {"<>", "<mailer-daemon>"}
"""The sender of what wants no answer; the second is how Postfix writes it to a program."""

_SERIAL = re.compile(r"(?<![0-9a-f])[0-9a-f]{24}(?![0-9a-f])")
_IN_ADDRESS = re.compile(r"\+([0-9a-f]{24})@", re.IGNORECASE)


class Received(Enum):
    """What a message was."""

    RETURNED = "returned"
    DELAYED = "delayed"
    AUTOMATIC = "automatic"
    UNKNOWN_RETURN = "unknown return"
    FROM_A_PERSON = "from a person"


def receive(raw: bytes, *, recipient: str = "", now: dt.datetime | None = None) -> Received:
    """Understand one message. `recipient` is the address it came to, where the mail server says so.

    Of all of them only `FROM_A_PERSON` is to be answered, by turning it away: nothing automatic ever is.
    """
    message = email.message_from_bytes(raw[:LARGEST], policy=email.policy.compat32)
    temporary, permanent = _failures(message)
    if not temporary and not permanent:
        return Received.AUTOMATIC if is_automatic(message) else Received.FROM_A_PERSON
    letter = _letter(message, recipient)
    if letter is None:
        return Received.UNKNOWN_RETURN
    at = now or timezone.now()
    failed = _is_about(letter, permanent)
    if not failed and not _is_about(letter, temporary):
        return Received.DELAYED
    with transaction.atomic():
        held = Letter.objects.select_for_update(of=("self",)).select_related("member").get(pk=letter.pk)
        if failed and not _is_for_the_moment(message):
            returned(held, _reason(message), at)
            log.info("letter %s came back for good", letter.serial)
            return Received.RETURNED
        if failed:
            came_back(held, _reason(message))
        late(held, at)
    return Received.DELAYED


def _failures(message: Message) -> tuple[frozenset[bytes], frozenset[bytes]]:
    """Addresses that a return speaks of: those where it is only late, those where it failed for good.

    Some detectors of the library stumble over what is hardly a message; that is no return then.
    """
    try:
        temporary, permanent = all_failures(message)
    except Exception:
        log.info("a message that no detector can read", exc_info=True)
        return frozenset(), frozenset()
    return frozenset(temporary), frozenset(permanent)


def _is_about(letter: Letter, addresses: frozenset[bytes]) -> bool:
    """At the address the letter went to; a detector may find none, or one rewritten at the same host."""
    host = letter.address.rpartition("@")[2].lower()
    return any(found.decode(errors="replace").lower().rpartition("@")[2] == host for found in addresses)


def _is_for_the_moment(message: Message) -> bool:
    """Whether each status is a 4 (RFC 3463): it gave up on a full mailbox, or on a host that is away."""
    parts = [part for part in message.walk() if part.get_content_type() == "message/delivery-status"]
    # Its body is read as one message a recipient.
    held = [inner for part in parts for inner in part.walk()]
    found = [status.strip() for inner in held for status in inner.get_all("Status", [])]
    return bool(found) and all(status.startswith("4.") for status in found)


def _letter(message: Message, recipient: str) -> Letter | None:
    """The letter of ours that came back: by the address it came to, else by its Message-ID in the return."""
    for address in [recipient, *message.get_all("To", []), *message.get_all("Delivered-To", [])]:
        if found := _IN_ADDRESS.search(str(address)):
            return Letter.objects.filter(serial=found[1].lower(), state=LetterState.SENT).first()
    serials = {serial for part in message.walk() for serial in _serials(part)}
    return Letter.objects.filter(serial__in=serials, state=LetterState.SENT).first() if serials else None


def _serials(part: Message) -> list[str]:
    """Serials in the Message-ID and References of a part, and in its text where it quotes the headers."""
    held = " ".join(str(value) for name in ("Message-ID", "References") for value in part.get_all(name, []))
    if not part.is_multipart():
        payload = part.get_payload(decode=True)
        held += payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return _SERIAL.findall(held)


def is_automatic(message: Message) -> bool:
    """Written by a machine (RFC 3834): an absence notice, a list, a report; never to be answered."""
    submitted = str(message.get("Auto-Submitted", "no")).split(";")[0].strip().lower()
    if submitted != "no":
        return True
    if str(message.get("Return-Path", "")).strip().lower() in NOBODY:
        return True
    if str(message.get("Precedence", "")).strip().lower() in {"bulk", "junk", "list", "auto_reply"}:
        return True
    if any(message.get(name) for name in MARKS):
        return True
    sender = parseaddr(str(message.get("From", "")))[1].partition("@")[0].lower()
    return sender in {"mailer-daemon", "postmaster", "noreply", "no-reply", ""}


def _reason(message: Message) -> str:
    """What the other server said, for whoever looks after this Passeur."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in part.walk():
                if said := block.get("Diagnostic-Code") or block.get("Status"):
                    return " ".join(str(said).split())
    return " ".join(str(message.get("Subject", "")).split())
