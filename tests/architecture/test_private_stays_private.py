"""Private communities leak nowhere: every door, walked by everybody who may not read one.

A new address is walked by itself; `addresses.MORE` and `secret.py` say what stands behind it.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.core import mail
from django.db import OperationalError

from passeur.foundation import limits
from passeur.notifications.tests.factories import post, tuesday
from tests.architecture.private import addresses, forging, letting, rights, visitors, walking

pytestmark = pytest.mark.django_db

# Rooms where a second gate stands behind the first: let open, the first alone shows nothing.
SECOND_GATE = {
    "dashboards": "whose figures one may read is asked among the communities that one sees and steers",
    "engagement": "figures of groups without a word, and no address: dashboards is asked first",
    "feed": "one's own gestures, by member; what they are on is read through conversations and skills",
    "notifications": "each line is judged again by the room of its kind, for the member it was told to",
    "sponsors": "a community is looked for among those that one sees, before it is asked who animates it",
    "records": "programs that an administrator lets in: nothing of a community stands on their page",
}


def test_something_stands_behind_every_argument():
    assert addresses.not_walked() == []


@pytest.mark.walk
def test_no_door_tells_who_may_not_read(made, walkers, caplog):
    """Each thing at each address by who never was inside and by who left; by the others, one at each."""
    caplog.set_level("DEBUG", logger="passeur")
    for name in visitors.OUTSIDERS:
        found = walking.leaks(made, walkers[name], thorough=name in {"outsider", "left"})
        assert rights.leaked(found) == []
    assert made.mark.found_in(caplog.text) == set()


@pytest.mark.walk
def test_each_room_that_lets_everybody_in_is_noticed(made, walkers):
    """The walk can fail: wherever one gate is taken away, it finds the way in."""
    unnoticed = []
    for room in letting.rooms():
        with letting.everybody_in(room):
            found = (
                walking.leaks(made, walkers[name], rooms=NEAR.get(room, {room}))
                for name in ("outsider", "left")
            )
            if not any(rights.leaked([leak]) for some in found for leak in some):
                unnoticed.append(room)
    assert unnoticed == sorted(SECOND_GATE)


# Where a room's gate shows, besides its own addresses.
NEAR = {
    "accounts": {"accounts", "foundation"},
}


@pytest.mark.walk
def test_no_parameter_and_no_field_brings_anything_private(made, walkers):
    assert rights.leaked(forging.through_addresses(made, walkers["outsider"])) == []
    for name in ("manager", "left"):
        assert rights.leaked(forging.through_forms(made, walkers[name])) == []


def test_no_mail_and_no_digest_tells_who_may_not_read(made, walkers):
    post(tuesday(10))
    told: dict[str, set[str]] = {}
    letter: Any
    for letter in mail.outbox:
        whole = "\n".join([str(letter.message()), letter.subject, str(letter.body)])
        whole += "\n".join(str(content) for content, _kind in letter.alternatives)
        told.setdefault(letter.to[0], set()).update(made.mark.found_in(whole))
    assert {"later body", "name of the community"} & told[made.people["member"].email]
    outside = {made.people[name].email for name in visitors.OUTSIDERS[1:]}
    theirs = {"name of friend", "message to left", "message to removed"}
    assert {
        address: words - theirs for address, words in told.items() if address in outside and words - theirs
    } == {}


def test_a_file_once_read_is_not_there_any_more(made, walkers):
    """Whatever their browser kept of it: not changed is an answer too."""
    for name in visitors.WERE_INSIDE:
        for url, etag in walkers[name].etags.items():
            for headers in ({"If-None-Match": etag}, {"Range": "bytes=0-9"}, {}):
                for method in ("get", "head"):
                    answer = walking.ask(walkers[name], method, url, headers=headers)
                    assert answer.status in {302, 404}, (name, method, headers)
                    assert etag not in answer.headers


@pytest.mark.parametrize("trouble", [RuntimeError, OperationalError])
def test_what_breaks_says_nothing_of_what_it_broke_on(made, walkers, trouble, monkeypatch):
    def broken(*_):
        raise trouble(made.things["question"].title)

    monkeypatch.setattr("passeur.conversations.views.lists.first_page.read", broken)
    answer = walking.ask(walkers["outsider"], "get", "/conversations/")
    assert answer.status in {500, 503}
    assert made.mark.found_in(answer.text) == set()


# What refuses tells no more than what answers: other methods, too often, too much, too late.
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


@pytest.mark.walk
def test_no_method_tells_more_than_another(made, walkers):
    for method in ("options", "head", "put", "patch", "delete"):
        leaks, statuses = refused(made, walkers, method)
        assert leaks == []
        assert set(statuses) <= {302, 403, 404, 405}, method
        assert statuses[405] > 40, method


@pytest.mark.walk
def test_too_often_is_said_alike_whatever_is_asked_for(made, walkers, monkeypatch):
    monkeypatch.setattr(limits, "spend", lambda _limit, _member: 60)
    leaks, statuses = refused(made, walkers, "post")
    assert leaks == []
    assert statuses[429] > 4


@pytest.mark.walk
def test_too_much_is_said_alike_whatever_is_asked_for(made, walkers, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    leaks, statuses = refused(made, walkers, "post", LATE)
    assert leaks == []
    assert statuses[404] > 100  # who may is asked before what they sent is read


@pytest.mark.walk
def test_too_late_is_said_to_nobody_who_may_not_read(made, walkers):
    leaks, statuses = refused(made, walkers, "post", LATE)
    assert leaks == []
    assert 409 not in statuses
