"""A run of an import: one at a time for a channel, remembered with what it read, wrote and refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.utils import timezone

from ..errors import ForeignChannel, ImportUnderWay
from ..models import Channel, ImportRun
from ..protocols import Archive, Problems

_LOCK = 0x50_41_53_53  # "PASS": keeps our advisory locks apart from other programs'


def channel_of(archive: Archive, *, community: int) -> Channel:
    """The channel that an archive comes from, made the first time."""
    channel, _made = Channel.objects.get_or_create(
        kind=archive.kind, address=archive.address, defaults={"community_id": community}
    )
    if channel.community_id != community:
        raise ForeignChannel(channel.community.name)
    return channel


def provide(kind: str, address: str, *, community: int, since: dt.datetime) -> int:
    """The key of a channel, made where there is none. For the demo, whose clock stands at `since`."""
    channel, _made = Channel.objects.get_or_create(
        kind=kind, address=address, defaults={"community_id": community, "created_at": since}
    )
    return channel.pk


@contextmanager
def running(channel: Channel, problems: Problems) -> Iterator[ImportRun]:
    """Hold the channel while an import runs; however it ends, the run says so.

    A run that a crash left open is closed as interrupted by the next one.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s, %s)", [_LOCK, channel.pk])
        if not cursor.fetchone()[0]:
            raise ImportUnderWay
    try:
        ImportRun.objects.filter(channel=channel, state=ImportRun.State.RUNNING).update(
            state=ImportRun.State.INTERRUPTED
        )
        run = ImportRun.objects.create(channel=channel)
        run.state = ImportRun.State.INTERRUPTED
        try:
            yield run
            run.state = ImportRun.State.FINISHED
        finally:
            run.ended_at = timezone.now()
            run.problems = [_as_json(problem) for problem in problems.first]
            if not connection.needs_rollback:
                run.save(update_fields=["state", "ended_at", "counts", "problems"])
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s, %s)", [_LOCK, channel.pk])


def _as_json(problem: Any) -> dict[str, Any]:
    return {"file": problem.file, "line": problem.line, "reason": problem.reason}
