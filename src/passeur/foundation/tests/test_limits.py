"""How often one person may do a thing: nobody meets it at work, a script does."""

import datetime as dt

import pytest
from django.utils import timezone

from passeur.foundation import limits, tasks
from passeur.foundation.limits import Limit
from passeur.foundation.models import Spent

pytestmark = pytest.mark.django_db

TWICE = Limit("a thing", 2, 600)


def test_within_the_limit_nobody_waits_and_beyond_it_until_the_while_is_over():
    assert [limits.spend(TWICE, 1) for _ in range(2)] == [0, 0]
    assert 590 <= limits.spend(TWICE, 1) <= 600


def test_each_person_and_each_thing_counts_alone():
    assert [limits.spend(TWICE, 1) for _ in range(2)] == [0, 0]
    assert limits.spend(TWICE, 2) == 0
    assert limits.spend(Limit("another thing", 1, 600), 1) == 0


def test_when_the_while_is_over_one_begins_again():
    for _ in range(3):
        limits.spend(TWICE, 1)
    Spent.objects.update(ends=timezone.now() - dt.timedelta(seconds=1))
    assert limits.spend(TWICE, 1) == 0
    assert Spent.objects.get().times == 1


def test_what_is_kept_names_nobody_and_is_forgotten():
    limits.spend(TWICE, 41)
    assert Spent.objects.get().who != "41"
    assert len(Spent.objects.get().who) == 64
    Spent.objects.update(ends=timezone.now() - dt.timedelta(seconds=1))
    tasks.forget_spent(timestamp=0)
    assert not Spent.objects.exists()
