"""Loads an archive: streams its records aside, then makes them ours in whole batches.

While the archive is read nothing changes. What it holds is then written a batch of threads at a time,
each with all its messages and its state, in one transaction: an interruption leaves whole threads only,
and running again brings in the rest.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _

from passeur.channels.protocols import Archive, Problems
from passeur.channels.services import people, runs
from passeur.channels.services.staging import Staging

from .writing import Writer

if TYPE_CHECKING:
    from passeur.channels.models import Channel

Progress = Callable[[str, float], None]
"""Told the phase and the share of it that is done, between 0 and 1."""


PART = 20_000
"""Threads written in one transaction, at most."""

PART_BYTES = 250_000_000
"""What is written as it is read, in one transaction, at most."""


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
        summary.seconds = time.perf_counter() - started
        run.counts = {"read": summary.read, "written": summary.written, "left_out": summary.left_out}
    return summary


def _load(archive: Archive, channel: Channel, summary: Summary, progress: Progress) -> None:
    with Staging() as staging:
        with staging.transaction():
            _quicken()
            writer = Writer(
                staging,
                channel,
                only_authors=archive.only_authors,
                part_size=PART,
                at_once=archive.ordered and archive.total <= PART_BYTES,
            )
            _read(archive, staging, writer, progress)
            is_whole = not archive.problems.truncated
            is_large = writer.is_large
            progress("write", 0)
            if is_large:
                count = writer.prepare_parts()
            else:
                writer.write_all(is_whole=is_whole)
        if is_large:
            for part in range(count):
                with staging.transaction():
                    _quicken()
                    writer.write_part(part)
                progress("write", (part + 1) / (count + 1))
            with staging.transaction():
                _quicken()
                writer.end_parts(is_whole=is_whole)
        summary.read = {_name(kind): rows for kind, rows in staging.counts.items() if rows}
        summary.add(staging.results())
        summary.written["themes"] = writer.themes
    summary.left_out |= archive.left_out
    _count_left_out(summary)
    progress("write", 1)


def _read(archive: Archive, staging: Staging, writer: Writer, progress: Progress) -> None:
    for records in archive.records():
        if records:
            writer.expect(records[0])
            staging.put(records)
            progress("read", archive.position / max(archive.total, 1))
    staging.flush()


def _count_left_out(summary: Summary) -> None:
    """Accounts of people who did nothing; messages whose thread or message the archive does not have."""
    if silent := summary.written.pop(people.SILENT, 0):
        what = people.silent_accounts()
        summary.left_out[what] = summary.left_out.get(what, 0) + silent
    written = summary.written
    # A first import writes all that it resolves.
    resolved = sum(written.pop(f"resolved {kind}", written.get(kind, 0)) for kind in ("messages", "comments"))
    if missing := summary.read.get("contribution", 0) - resolved:
        summary.left_out[_("messages dont l’échange n’est pas dans l’archive, ou venus deux fois")] = missing


def _name(kind: type) -> str:
    return kind.__name__.removesuffix("Record").lower()


def _quicken() -> None:
    """Settings of this transaction alone.

    It can be run again, so it need not wait for the disk. Statistics know nothing of the rows being
    written: a nested loop chosen by them would run for hours where a hash takes a second.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "set local synchronous_commit = off; set local work_mem = '64MB'; set local jit = off; "
            "set local enable_nestloop = off"
        )
