"""How long statements stay, and what is never let go."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from passeur.algorithms.xapi import keys

from ..models import Statement, StatementId
from ..services import partitions, retention
from .factories import ForwardFactory, StatementFactory, StatementIdFactory

pytestmark = pytest.mark.django_db
DONE = keys.key_of("http://adlnet.gov/expapi/verbs/completed")


@pytest.fixture(autouse=True)
def _nobody_holds(monkeypatch, settings):
    monkeypatch.setattr(retention, "_holds", [])
    settings.RECORDS_WEEKS, settings.RECORDS_EVIDENCE_WEEKS = 13, 52


def ago(weeks: float, **fields):
    stored = timezone.now() - dt.timedelta(weeks=weeks)
    partitions.make(partitions.month_of(stored))
    row = StatementFactory.create(stored=stored, **fields)
    StatementIdFactory.create(id=row.id, stored=stored)
    return row


def left() -> set:
    return set(Statement.objects.values_list("id", flat=True))


def test_what_is_past_its_time_goes_and_its_id_stays_taken():
    old, young = ago(14), ago(12)
    assert retention.drop() == 1
    assert left() == {young.id}
    assert StatementId.objects.filter(id=old.id).exists()


def test_evidence_stays_longer():
    finished, long_ago = ago(30, verb=DONE), ago(53, verb=DONE)
    retention.drop()
    assert left() == {finished.id}
    assert long_ago.id not in left()


def test_a_month_that_is_over_goes_as_a_whole():
    ago(70)
    retention.drop()
    month = partitions.month_of(timezone.now() - dt.timedelta(weeks=70))
    assert partitions.name_of(month) not in partitions.existing()
    assert left() == set()


def test_what_was_not_counted_yet_stays(monkeypatch):
    old = ago(20)
    retention.hold_until(lambda: old.stored - dt.timedelta(seconds=1))
    assert retention.drop() == 0
    # Taken in up to this one, which was the last that came.
    monkeypatch.setattr(retention, "_holds", [lambda: old.stored])
    assert retention.drop() == 1


def test_what_was_not_sent_on_yet_stays():
    old = ago(20)
    to = ForwardFactory.create(position=old.stored - dt.timedelta(seconds=1))
    assert retention.drop() == 0
    to.position = old.stored
    to.save()
    assert retention.drop() == 1
