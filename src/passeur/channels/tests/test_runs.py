from types import SimpleNamespace
from typing import Any, cast

import pytest

from passeur.communities.tests.factories import CommunityFactory

from .. import queries
from ..errors import ForeignChannel
from ..models import ImportRun
from ..protocols import Problems
from ..services import runs
from .factories import ChannelFactory, ImportRunFactory

pytestmark = pytest.mark.django_db


def archive(address="bread.example.com"):
    return cast("Any", SimpleNamespace(kind="stackexchange", address=address))


def test_a_place_has_one_channel_for_good():
    community = CommunityFactory.create()
    first = runs.channel_of(archive(), community=community.pk)
    assert runs.channel_of(archive(), community=community.pk) == first
    assert queries.first_of_kind("stackexchange") == first


def test_a_place_feeds_one_community():
    runs.channel_of(archive(), community=CommunityFactory.create(name="Fournil").pk)
    with pytest.raises(ForeignChannel, match="Fournil"):
        runs.channel_of(archive(), community=CommunityFactory.create().pk)


def test_a_run_that_a_crash_left_open_is_closed_by_the_next_one():
    channel = ChannelFactory.create()
    crashed = ImportRunFactory.create(channel=channel)
    with runs.running(channel, Problems()) as run:
        crashed.refresh_from_db()
        assert crashed.state == ImportRun.State.INTERRUPTED
    run.refresh_from_db()
    assert run.state == ImportRun.State.FINISHED
    assert [found.pk for found in queries.runs(channel.pk)] == [run.pk, crashed.pk]


def test_a_run_remembers_what_was_refused():
    problems = Problems()
    problems.add("Posts.xml", 7, "il manque Body")

    def interrupted():
        with runs.running(ChannelFactory.create(), problems):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    run = ImportRun.objects.get()
    assert run.state == ImportRun.State.INTERRUPTED
    assert run.ended_at is not None
    assert run.problems == [{"file": "Posts.xml", "line": 7, "reason": "il manque Body"}]


def test_a_hundred_problems_are_kept_and_all_are_counted():
    problems = Problems()
    for line in range(250):
        problems.add("Posts.xml", line, "abîmée")
    assert (problems.count, len(problems.first)) == (250, 100)
