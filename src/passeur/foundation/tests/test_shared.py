"""The cache of all processes: what one of them writes counts for the others, and names nobody."""

import datetime as dt
import threading

import pytest
from django.core.cache import cache
from django.core.cache.backends.base import BaseCache
from django.db import connection
from django.utils import timezone

from passeur.foundation import tasks
from passeur.foundation.models import Shared
from passeur.foundation.shared import SharedCache

pytestmark = pytest.mark.django_db


def other_process() -> BaseCache:
    return SharedCache("", {})


def past() -> None:
    Shared.objects.update(ends=timezone.now() - dt.timedelta(seconds=1))


def test_it_is_the_cache_that_allauth_counts_in():
    cache.set("a", [1.5, 2.5], 60)
    assert other_process().get("a") == [1.5, 2.5]


def test_what_is_over_is_not_there_and_can_be_added_again():
    assert cache.add("a", 1, 60)
    assert not other_process().add("a", 2, 60)
    past()
    assert cache.get("a", "nothing") == "nothing"
    assert not cache.touch("a", 60)
    assert cache.add("a", 3, 60)
    assert cache.get("a") == 3


def test_deleting_touching_and_keeping_for_ever():
    cache.set("a", True, None)
    assert cache.has_key("a")
    assert cache.touch("a", 60)
    assert cache.delete("a")
    assert not cache.delete("a")
    assert cache.get("a") is None


def test_keys_are_kept_as_hashes_and_go_when_their_time_is_over():
    cache.set("allauth:rl:login:ip:192.0.2.7", [1.0], 60)
    assert "192.0.2.7" not in str(Shared.objects.values_list())
    tasks.forget_spent(timestamp=0)
    assert Shared.objects.count() == 1
    past()
    tasks.forget_spent(timestamp=0)
    assert not Shared.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_add_at_once_one_did():
    added: list[bool] = []
    together = threading.Barrier(8)

    def add() -> None:
        together.wait()
        added.append(other_process().add("lock", True, 60))
        connection.close()

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(added) == [False] * 7 + [True]
