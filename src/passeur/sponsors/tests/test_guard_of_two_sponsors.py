"""Sponsors of one community whose reports of a month leave on different days lay them side by side.

Tried: the mails of May to two sponsors, a week apart, and that of June to the first. Between the two days
somebody is erased, comes to animate the community, a question is taken away, or one comes in late. What is
known, unknown and looked for is that of `test_guard_of_reports`; which day its figures were counted on stands
in each report. With each report counted on its own day, the adversary finds what changed in all four cases.

Beside that, the second mail and its PDF say word for word, and line for line, what the first said: also of
gestures about somebody who is erased, and where the first left as a server broke off.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import smtplib

import pypdf
import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from passeur.desk.tests.factories import StepFactory
from passeur.engagement.services import remake_marked
from passeur.foundation import printing

from .. import queries, services
from ..choices import Delivery
from ..models import Told
from .factories import EditionFactory, SponsorFactory
from .readers import BEFORE, HAPPENS, SINCE, Sponsor, is_erased, mailed, weeks_of
from .years import LEAVES, MONTHS, places

pytestmark = pytest.mark.django_db

LATER = LEAVES[0] + dt.timedelta(days=7)
WEEK = 2
"""Of May: something happens to what was asked in it between the two days."""


def attack(happens, run_jobs, monkeypatch, mailoutbox, *, is_kept, by_curve=False):
    monkeypatch.setattr(printing, "pdf", lambda paper: b"")
    place, _other = places(1)
    other = SponsorFactory.create(community=place.community, named_by=place.manager)
    first = mailed(place.sponsor, MONTHS[0], LEAVES[0], monkeypatch, mailoutbox)
    kept = Told.objects.get()
    gone, late = happens(place, WEEK, run_jobs)
    remake_marked()
    if not is_kept:
        kept.delete()
    second = mailed(other, MONTHS[0], LATER, monkeypatch, mailoutbox)
    if not is_kept:
        Told.objects.update(figures=kept.figures)
    third = mailed(place.sponsor, MONTHS[1], LEAVES[1], monkeypatch, mailoutbox)
    sponsor = Sponsor(place, gone, late, by_curve=by_curve)
    sponsor.read(first, MONTHS[0], LEAVES[0], BEFORE)
    sponsor.read(second, MONTHS[0], *((LEAVES[0], BEFORE) if is_kept else (LATER, SINCE)))
    sponsor.read(third, MONTHS[1], LEAVES[1], SINCE, before=(weeks_of(MONTHS[0]), BEFORE))
    return list(sponsor.found())


@pytest.mark.parametrize("by_curve", [False, True])
@pytest.mark.parametrize("happens", HAPPENS)
def test_nobody_is_singled_out(happens, by_curve, run_jobs, monkeypatch, mailoutbox):
    assert attack(happens, run_jobs, monkeypatch, mailoutbox, is_kept=True, by_curve=by_curve) == []


@pytest.mark.walk
@pytest.mark.parametrize("by_curve", [False, True])
@pytest.mark.parametrize("happens", HAPPENS)
def test_counted_on_its_own_day_each_tells_what_changed(happens, by_curve, run_jobs, monkeypatch, mailoutbox):
    assert attack(happens, run_jobs, monkeypatch, mailoutbox, is_kept=False, by_curve=by_curve)


def said(message):
    """Of a mail without the link by which its owner leaves, and of its paper: words, and what is drawn."""
    ((_name, file, _kind),) = message.attachments
    pages = pypdf.PdfReader(io.BytesIO(file)).pages
    words = [message.subject, message.body, message.alternatives[0][0]]
    return (
        [re.sub(r"/reports/[^\s\"]+", "", one) for one in words],
        [page.extract_text() for page in pages],
        [content.get_data() for page in pages if (content := page.get_contents())],
    )


@pytest.mark.parametrize("breaks_off", [False, True])
def test_a_report_that_leaves_days_later_says_the_same(breaks_off, run_jobs, monkeypatch, mailoutbox):
    place, _other = places(1)
    who = next(who for week, who, _ in place.asked.values() if week == WEEK)
    may = queries.period_of(MONTHS[0])
    for subject in (f"member:{who}", "conversation:1"):
        StepFactory.create(community=place.community, subject=subject, at=may.since, by=place.manager)
    other = SponsorFactory.create(community=place.community, named_by=place.manager)
    first, second = (EditionFactory.create(sponsor=one, month=MONTHS[0]) for one in (place.sponsor, other))
    monkeypatch.setattr(timezone, "now", lambda: LEAVES[0])
    if breaks_off:
        leaves_and_breaks_off(first, monkeypatch)
    else:
        services.send(first.pk)
    is_erased(place, WEEK, run_jobs)
    remake_marked()
    monkeypatch.setattr(timezone, "now", lambda: LATER)
    for edition in (first, second):
        services.send(edition.pk)
    made = [said(message) for message in mailoutbox]
    assert len(made) == 2 + breaks_off
    assert all(one == made[0] for one in made)
    assert "2 signaux" in made[0][0][1].replace("\xa0", " ")
    assert len({message.extra_headers["Message-ID"] for message in mailoutbox}) == 2


def leaves_and_breaks_off(edition, monkeypatch):
    """The server takes the mail, and the line is cut before it says so."""
    took = EmailBackend.send_messages

    def cut(backend, messages):
        took(backend, messages)
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(EmailBackend, "send_messages", cut)
        with pytest.raises(smtplib.SMTPServerDisconnected):
            services.send(edition.pk)
    edition.refresh_from_db()
    assert edition.state == Delivery.WAITING
