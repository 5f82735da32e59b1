"""The report of a month: made for whoever is due one, each once."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from passeur.communities import queries as communities
from passeur.foundation import events as bus

from .. import queries
from ..choices import Delivery
from ..errors import NoCommunity, NoVoice
from ..events import EditionMade
from ..models import Edition

PATIENCE = dt.timedelta(hours=6)
"""Longer than a job that mails is tried."""


def make_editions(today: dt.date) -> int:
    """An edition for each sponsor who has none of the month that is due; how many. Asked again, none."""
    month = queries.due_month(today)
    if month is None:
        return 0
    made = 0
    for sponsor in queries.receiving().exclude(editions__month=month).order_by("pk"):
        with transaction.atomic():
            edition, is_new = Edition.objects.get_or_create(sponsor=sponsor, month=month)
            if is_new:
                bus.publish(EditionMade(edition.pk))
                made += 1
    _try_again(month)
    return made


def _try_again(month: dt.date) -> None:
    """What no mail server took for hours, so that its job gave up, gets a job each day that is left."""
    stuck = Edition.objects.filter(month=month, state=Delivery.WAITING, made_at__lt=timezone.now() - PATIENCE)
    for pk in stuck.values_list("pk", flat=True):
        bus.publish(EditionMade(pk))


def report_of(slug: str, month: dt.date) -> queries.Report:
    """The report as its sponsors get it, in the language of now. `NoCommunity`, `NoVoice`."""
    community = communities.places().filter(slug=slug).first()
    if community is None:
        raise NoCommunity(slug)
    reader = queries.voice(community)
    if reader is None:
        raise NoVoice
    return queries.report(community, month, reader)


def as_text(report: queries.Report) -> str:
    """In the words of its mail, for a terminal."""
    return render_to_string("sponsors/mail/_report.txt", {"report": report}).strip()
