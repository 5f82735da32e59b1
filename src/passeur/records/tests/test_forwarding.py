"""Statements sent on to another store: in order, each at least once, none dropped."""

from __future__ import annotations

import base64
import datetime as dt
import errno
import json
import os

import pytest
from django.urls import reverse
from django.utils import timezone

from ..errors import Elsewhere
from ..models import Forward, Statement, Undelivered, Withdrawal
from ..queries import forwards
from ..services import forwarding, importing
from ..tasks import forward as forward_job
from .elsewhere import another_store
from .factories import SECRET, ForwardFactory, UndeliveredFactory, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    with another_store() as made:
        yield made


@pytest.fixture
def to(store):
    return ForwardFactory.create(address=store.address)


@pytest.fixture
def keep(tmp_path):
    """Write statements into the store."""

    def write(*given):
        path = tmp_path / "statements.jsonl"
        path.write_text("".join(f"{json.dumps(one)}\n" for one in given))
        importing.load(path)
        return [one["id"] for one in given]

    return write


def ids(store) -> list[str]:
    return [one["id"] for one in store.statements]


def again(to: Forward) -> Forward:
    to.refresh_from_db()
    return to


def send_all(to: Forward) -> None:
    while forwarding.send_next(to.pk):
        pass


def test_all_is_sent_in_order_with_the_credentials_that_were_given(store, to, keep, monkeypatch):
    monkeypatch.setattr(forwarding, "BATCH", 2)
    kept = keep(*[said() for _ in range(5)])
    send_all(to)
    assert ids(store) == kept
    assert again(to).sent == 5
    token = base64.b64encode(f"cle:{SECRET}".encode()).decode()
    assert {request[1] for request in store.requests} == {f"Basic {token}"}


def test_what_is_there_is_not_sent_again(store, to, keep):
    keep(said())
    send_all(to)
    count = len(store.requests)
    send_all(to)
    assert len(store.requests) == count
    newer = keep(said())
    send_all(to)
    assert ids(store)[1:] == newer


def test_editions_are_sent_apart_and_stay_in_order(store, to, keep):
    kept = keep(said(), said(version="1.0.3"), said())
    send_all(to)
    assert ids(store) == kept
    assert [request[2] for request in store.requests] == ["2.0.0", "1.0.3", "2.0.0"]


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
def test_a_store_that_fails_gets_everything_later(store, to, keep, status):
    kept = keep(said(), said())
    store.status = status
    assert not forwarding.send_next(to.pk)
    assert again(to).failures == 1
    assert to.last_error.startswith(f"HTTP {status}")
    assert to.next_try_at > timezone.now()
    store.status = 200
    assert not forwarding.send_next(to.pk)
    assert ids(store) == []
    Forward.objects.update(next_try_at=timezone.now())
    send_all(to)
    assert ids(store) == kept
    assert (again(to).failures, to.last_error) == (0, "")


def test_a_store_that_is_not_there_is_told(to, keep):
    keep(said())
    Forward.objects.update(address="http://127.0.0.1:9/xapi/")
    assert not forwarding.send_next(to.pk)
    assert again(to).failures == 1
    assert to.last_error == os.strerror(errno.ECONNREFUSED)


def test_each_failure_is_followed_by_a_longer_wait():
    waits = [forwarding._patience(failures) for failures in range(1, 40)]
    assert waits == sorted(waits)
    assert waits[0] == dt.timedelta(minutes=1)
    assert waits[-1] == dt.timedelta(hours=6)


def test_what_is_refused_is_told_and_the_rest_goes_on(store, to, keep):
    kept = keep(*[said() for _ in range(7)])
    store.unwanted = {kept[3]}
    send_all(to)
    assert ids(store) == [*kept[:3], *kept[4:]]
    assert [str(one.statement) for one in Undelivered.objects.all()] == [kept[3]]
    assert Undelivered.objects.get().why.startswith("HTTP 400")


def test_what_was_refused_can_be_sent_again(store, to, keep, administrator):
    kept = keep(said(), said())
    store.unwanted = {kept[0]}
    send_all(to)
    assert forwarding.try_again(forward=to, by=administrator) == 0
    store.unwanted = set()
    assert forwarding.try_again(forward=to, by=administrator) == 1
    assert sorted(ids(store)) == sorted(kept)
    assert not Undelivered.objects.exists()


def test_a_voiding_statement_follows_what_it_voids(store, to, keep):
    one = said()
    void = said(
        verb={"id": "http://adlnet.gov/expapi/verbs/voided"},
        object={"objectType": "StatementRef", "id": one["id"]},
    )
    kept = keep(one, void)
    send_all(to)
    assert ids(store) == kept


def test_what_is_erased_here_is_voided_there(store, to, keep):
    kept = keep(said(), said(), said())
    send_all(to)
    never = keep(said())
    stored = dict(Statement.objects.values_list("id", "stored"))
    gone = [one for one in stored if str(one) in {kept[0], kept[2], *never}]
    forwarding.withdraw(gone, stored)
    Statement.objects.filter(id__in=gone).delete()
    send_all(to)
    voided = {one["object"]["id"] for one in store.statements if one["verb"]["id"].endswith("/verbs/voided")}
    assert voided == {kept[0], kept[2]}
    assert not Withdrawal.objects.exists()
    assert never[0] not in ids(store)


def test_nothing_leaves_while_it_is_paused(store, to, keep, administrator):
    kept = keep(said())
    forwarding.pause(forward=to, by=administrator)
    forward_job(0)
    assert ids(store) == []
    forwarding.resume(forward=to, by=administrator)
    forward_job(0)
    assert ids(store) == kept


def test_a_secret_that_cannot_be_read_is_said_and_nothing_is_sent(store, to, keep, settings):
    keep(said())
    settings.SECRET_KEY = "another key than before"
    forwarding.send_next(to.pk)
    assert again(to).last_error == forwarding.LOST_KEY
    assert store.requests == []


def test_the_secret_is_kept_enciphered(to):
    assert SECRET not in to.secret_kept
    assert to.secret == SECRET


@pytest.mark.parametrize(
    "address",
    [
        "http://lrs.example.org/xapi/", "ftp://lrs.example.org/", "lrs.example.org", "https:///xapi/",
        "https://me:pass@lrs.example.org/", "https://lrs.example.org/?x=1", "",
    ],
)  # fmt: skip
def test_an_address_that_would_tell_the_secret_is_refused(client, administrator, address):
    client.force_login(administrator)
    given = {"name": "Ailleurs", "address": address, "key": "k", "secret": "s"}
    assert client.post(reverse("records:create_forward"), given).status_code == 422
    assert not Forward.objects.exists()
    if address:
        with pytest.raises(Elsewhere):
            forwarding.create(
                name="x", address=address, key="k", secret="s", everything=True, by=administrator
            )


@pytest.mark.parametrize("everything", [True, False])
def test_an_administrator_begins_with_all_or_with_what_comes(client, administrator, keep, store, everything):
    keep(said())
    client.force_login(administrator)
    given = {"name": "Ailleurs", "address": store.address, "key": "k", "secret": "tres-secret"}
    answer = client.post(
        reverse("records:create_forward"), {**given, **({"everything": "on"} if everything else {})}
    )
    assert answer.status_code == 302
    newer = keep(said())
    forward_job(0)
    assert len(ids(store)) == (2 if everything else 1)
    assert newer[0] in ids(store)
    told = client.get(reverse("records:forwards")).content.decode()
    assert "Ailleurs" in told
    assert "tres-secret" not in told


def test_the_page_tells_what_was_refused_and_lets_it_go_again(client, administrator, store, keep):
    client.force_login(administrator)
    (kept,) = keep(said())
    row = UndeliveredFactory.create(statement=kept, forward__address=store.address)
    told = client.get(reverse("records:forward", args=[row.forward_id])).content.decode()
    assert kept in told
    assert row.why in told
    client.post(reverse("records:forward_gesture", args=[row.forward_id, "again"]))
    assert ids(store) == [kept]


def test_the_page_costs_the_same_for_many(client, administrator, django_assert_max_num_queries):
    client.force_login(administrator)
    ForwardFactory.create_batch(8)
    client.get(reverse("records:forwards"))
    with django_assert_max_num_queries(12):
        client.get(reverse("records:forwards"))
    assert len(forwards.standings(administrator)) == 8


def test_it_can_be_ended(client, administrator, to):
    client.force_login(administrator)
    client.post(reverse("records:forward_gesture", args=[to.pk, "remove"]))
    assert not Forward.objects.exists()
