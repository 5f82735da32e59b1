"""Sending one edition: held while it leaves, tried again by its job, its words made when it leaves.

It is marked as sent in the transaction that holds it. When a worker is killed between the two, it leaves
again with the same Message-ID, by which mail servers and programs know it as the same message.
"""

from __future__ import annotations

import smtplib
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import slugify

from passeur.foundation import mail, printing

from .. import queries
from ..choices import Delivery
from ..models import Edition, Sponsor
from .telling import tell

if TYPE_CHECKING:
    from passeur.accounts.models import Member

LASTING = 500
"""From this answer of a mail server on, trying again changes nothing."""


def send(edition: int) -> None:
    """Unless it left already, its owner stopped the report, or nobody animates the community any more."""
    due = _due(Edition.objects.all(), edition)
    reader = None if due is None else _reader(due.sponsor)
    if due is None or reader is None:
        return
    # In a transaction of its own, so that a copy that leaves again after a crash says the same.
    tell(due.sponsor.community, due.month, reader)
    with transaction.atomic():
        found = _due(Edition.objects.select_for_update(of=("self",)), edition)
        message = None if found is None else compose(found)
        if found is None or message is None:
            return
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as refusal:
            code, _words = next(iter(refusal.recipients.values()), (450, b""))
            if code < LASTING:
                raise
            found.state = Delivery.REFUSED
        else:
            found.state, found.sent_at = Delivery.SENT, timezone.now()
        found.save(update_fields=["state", "sent_at"])


def _due(editions: QuerySet[Edition], pk: int) -> Edition | None:
    """It waits, and may leave."""
    found = editions.select_related("sponsor__community").filter(pk=pk, state=Delivery.WAITING).first()
    if found is None or not found.sponsor.receives or found.sponsor.community.is_archived:
        return None
    return found


def _reader(sponsor: Sponsor) -> Member | None:
    return queries.voice(sponsor.community, first=sponsor.named_by_id)


def compose(edition: Edition) -> EmailMultiAlternatives | None:
    """The message, in the sponsor's language, with its PDF; None when nobody may say it."""
    sponsor = edition.sponsor
    reader = _reader(sponsor)
    if reader is None:
        return None
    with translation.override(sponsor.language):
        report = queries.report(sponsor.community, edition.month, reader)
        stop = settings.ORIGIN + reverse("sponsors:stop", args=[queries.link_of(sponsor)])
        message = mail.compose(
            sponsor.email,
            "sponsors/mail/report",
            language=sponsor.language,
            context={"report": report, "stop": stop, "reader": reader},
            headers=_headers(sponsor, edition, stop),
        )
        name = f"{slugify(report.title)}-{sponsor.community.slug}.pdf"
        message.attach(name, printing.pdf(queries.paper(report)), "application/pdf")
    return message


def _headers(sponsor: Sponsor, edition: Edition, stop: str) -> dict[str, str]:
    """What mail programs read: how to leave by one click (RFC 2369, 8058), and which list (2919)."""
    return {
        "Message-ID": mail.message_id(f"sponsor report {sponsor.serial} {edition.month:%Y-%m}"),
        "List-Id": f"<{sponsor.community.slug}.reports.{mail.domain()}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
