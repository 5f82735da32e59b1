"""What refuses tells no more than what answers: other methods, too often, too much, too late."""

from __future__ import annotations

from collections import Counter

import pytest

from passeur.foundation import limits
from tests.architecture.private import addresses, rights, walking

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

WHO = ("outsider", "left")
LATE = {"version": "0", "body": "Trop tard.", "title": "Trop tard", "text": "Trop tard."}


def refused(made, walkers, method, data=None):
    """Leaks at each address that leads to something private, and how often each status was answered."""
    found: list[walking.Leak] = []
    statuses: Counter[int] = Counter()
    for name in WHO:
        for door in addresses.doors(made, each_thing=False):
            real, nothing = (walking.ask(walkers[name], method, url, data) for url in (door.url, door.absent))
            statuses[real.status] += 1
            found += walking.told_apart(made, walkers[name], door, method, real, nothing)
    return rights.leaked(found), statuses


def test_no_method_tells_more_than_another(made, walkers):
    for method in ("options", "head", "put", "patch", "delete"):
        leaks, statuses = refused(made, walkers, method)
        assert leaks == []
        assert set(statuses) <= {302, 403, 404, 405}, method
        assert statuses[405] > 40, method


def test_too_often_is_said_alike_whatever_is_asked_for(made, walkers, monkeypatch):
    monkeypatch.setattr(limits, "spend", lambda _limit, _member: 60)
    leaks, statuses = refused(made, walkers, "post")
    assert leaks == []
    assert statuses[429] > 4


def test_too_much_is_said_alike_whatever_is_asked_for(made, walkers, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    leaks, statuses = refused(made, walkers, "post", LATE)
    assert leaks == []
    assert statuses[404] > 100  # who may is asked before what they sent is read


def test_too_late_is_said_to_nobody_who_may_not_read(made, walkers):
    leaks, statuses = refused(made, walkers, "post", LATE)
    assert leaks == []
    assert 409 not in statuses
