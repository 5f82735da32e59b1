"""Loads an archive: streams its records aside, then makes them ours in whole batches.

While the archive is read nothing changes. What it holds is then written a batch of threads at a time,
each with all its messages and its state, in one transaction: an interruption leaves whole threads only,
and running again brings in the rest.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from passeur.channels.protocols import Archive, Problems
from passeur.channels.services import people, runs
from passeur.channels.services.staging import Staging

from .. import states
from . import gone, relations, themes, threads

if TYPE_CHECKING:
    from passeur.channels.models import Channel

Progress = Callable[[str, float], None]
"""Told the phase and the share of it that is done, between 0 and 1."""


def _silent(_phase: str, _share: float) -> None:
    return None


@dataclass(slots=True)
class Summary:
    """What an import brought, changed, refused and left out."""

    community: int
    channel: int
    read: dict[str, int] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)
    seconds: float = 0.0

    @property
    def changed(self) -> bool:
        return any(self.written.values())

    def add(self, results: list[tuple[str, int]]) -> None:
        for name, rows in results:
            if name:
                self.written[name] = self.written.get(name, 0) + rows


def load(archive: Archive, *, community: int, progress: Progress = _silent) -> Summary:
    """Bring all of `archive` into a community; what came before is brought up to date."""
    started = time.perf_counter()
    channel = runs.channel_of(archive, community=community)
    summary = Summary(community, channel.pk, problems=archive.problems)
    with runs.running(channel, archive.problems) as run:
        _load(archive, channel, summary, progress)
        summary.left_out = dict(archive.left_out)
        summary.seconds = time.perf_counter() - started
        run.counts = {"read": summary.read, "written": summary.written, "left_out": summary.left_out}
    return summary


def _load(archive: Archive, channel: Channel, summary: Summary, progress: Progress) -> None:
    values: dict[str, Any] = {"channel": channel.pk, "community": channel.community_id}
    unnamed = "Membre " if channel.community.language == "fr" else "Member "
    is_first = not channel.identities.exists()
    with transaction.atomic():
        _quicken()
        with Staging() as staging:
            for records in archive.records():
                staging.put(records)
                progress("read", archive.position / max(archive.total, 1))
            summary.read = {kind.__name__.removesuffix("Record").lower(): n for kind, n in staging.counts.items() if n}
            progress("write", 0)
            staging.flush()
            with connection.cursor() as cursor:
                cursor.execute(
                    ";".join([people.TABLES, themes.TABLES, threads.TABLES, threads.MESSAGES_TABLE])
                )
            staging.run(people.settle(channel, unnamed=unnamed))
            summary.written["themes"] = themes.settle(channel.community_id)
            staging.begin(threads.settle(values))
            staging.begin(threads.messages(values, comments=True))
            staging.begin(relations.settle(values, is_first=is_first))
            if not is_first and not archive.problems.truncated:
                staging.begin(gone.settle(values))
            summary.add(staging.results())
            _state(channel, is_first=is_first)
            with connection.cursor() as cursor:
                cursor.execute(
                    "drop table person_now, person_key, theme_key, thread_now, touched, message_now"
                )
    progress("write", 1)


def _state(channel: Channel, *, is_first: bool) -> None:
    if is_first:
        states.recompute(channel=channel.pk)
        return
    with connection.cursor() as cursor:
        cursor.execute("select distinct id from touched")
        ids = [row[0] for row in cursor.fetchall()]
    if ids:
        states.recompute(ids)


def _quicken() -> None:
    """Settings of this transaction alone: it can be run again, so it need not wait for the disk."""
    with connection.cursor() as cursor:
        cursor.execute("set local synchronous_commit = off; set local work_mem = '64MB'; set local jit = off")
