"""The order in which what was staged becomes ours: people, themes, threads, comments, and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from passeur.channels.protocols import AcceptanceRecord, ContributionRecord, Record, ThreadRecord, VoteRecord
from passeur.channels.services import bulk, people
from passeur.channels.services.staging import Staging
from passeur.foundation import events as bus

from ... import events
from .. import states
from . import fresh, gone, messages, parts, relations, tables, themes, threads

if TYPE_CHECKING:
    from passeur.channels.models import Channel

ANNOUNCED = 500
"""Conversations named in one announcement: a job of a few seconds for whoever listens."""


class Writer:
    """Writes one archive: a first one that comes in order while we read on, all others once they are read."""

    ENOUGH = 1_000
    """Messages worth an instalment, when the server has nothing to do."""

    def __init__(
        self, staging: Staging, channel: Channel, *, only_authors: bool, part_size: int, at_once: bool
    ) -> None:
        self.themes = 0
        self._staging, self._channel, self._part_size = staging, channel, part_size
        self._only_authors = only_authors
        self._values: dict[str, Any] = {"channel": channel.pk, "community": channel.community_id}
        self._unnamed = "Membre " if channel.community.language == "fr" else "Member "
        self._is_first = people.is_new_place(channel)
        self._at_once = at_once and self._is_first
        self._steps = self._written = 0
        self._has_messages = self._has_votes = False
        with connection.cursor() as cursor:
            cursor.execute(";".join([people.TABLES, themes.TABLES, tables.TABLES, fresh.TABLES]))
            if not self._is_first:
                cursor.execute(f"{people.KNOWN};{tables.KNOWN}", self._values)
        if self._is_first:
            # Each key written comes from a join with the row it points at, made in this same transaction.
            bulk.vouch_for_references(
                holding={"channels_channel": channel.pk, "communities_community": channel.community_id}
            )

    @property
    def is_large(self) -> bool:
        """Too much for one transaction: it is written a part at a time."""
        return not self._at_once and self._staging.counts[ThreadRecord] > self._part_size

    def expect(self, record: Record) -> None:
        """A record comes: of an archive in order, what came before its kind is complete."""
        if not self._at_once or self._has_votes:
            return
        is_vote = isinstance(record, VoteRecord | AcceptanceRecord)
        if self._staging.counts[VoteRecord] and not is_vote:
            self._write_votes()
        elif self._has_messages or self._staging.is_busy():
            return
        elif is_vote or self._is_worth_writing(record):
            self._write_messages(last=is_vote)

    def _is_worth_writing(self, record: Record) -> bool:
        return (
            self._staging.counts[ContributionRecord] - self._written >= self.ENOUGH
            # A message follows its thread: between the two, neither could be written.
            and not (isinstance(record, ContributionRecord) and record.thread is not None)
        )

    def write_all(self, *, is_whole: bool) -> None:
        """Write the rest, in the transaction of the reading. What a whole archive lacks is gone."""
        if self._is_first:
            self._write_the_rest()
        else:
            self._write_people()
            self._write_themes()
            self._write_threads()
            self._staging.begin(relations.links())
            if is_whole:
                self._staging.begin(gone.settle("incoming"))
        self._settle(judged=self._is_first)

    def prepare_parts(self) -> int:
        """Write people and themes, and share the rest out to parts; returns how many."""
        self._write_people()
        self._write_themes()
        bulk.check_references_again()
        self._staging.set_aside()
        return parts.divide(self._part_size)

    def write_part(self, part: int) -> None:
        """Write one part, in a transaction of its own."""
        parts.bring(part)
        self._write_threads()
        self._staging.run(
            [bulk.Statement("", "insert into thread_key select external_id, id from thread_now")]
        )
        self._settle()

    def end_parts(self, *, is_whole: bool) -> None:
        """Write what goes from one part to another."""
        self._staging.run([bulk.Statement("", "truncate touched, thread_now")])
        self._staging.begin(relations.links(incoming="whole_link", threads="thread_key"))
        if is_whole and not self._is_first:
            self._staging.begin(gone.settle("whole"))
        self._settle()

    def _write_messages(self, *, last: bool = False) -> None:
        """Write what was put and not yet written; the last time, also what could not be placed before."""
        self._written = self._staging.counts[ContributionRecord]
        self._has_messages = last
        self._staging.wait()
        statements: list[bulk.Statement] = []
        for written in (fresh.instalment, fresh.latecomers)[: 1 + last]:
            self._steps += 1
            statements += written(self._values, self._steps)
        self._staging.begin(statements)

    def _write_votes(self) -> None:
        if not self._has_messages:
            self._write_messages(last=True)
        self._staging.begin([relations.votes()])
        self._has_votes = True

    def _write_the_rest(self) -> None:
        if not self._has_votes:
            self._write_votes()
        self._write_themes()
        self._staging.begin(
            [
                *people.settle_keyed(self._channel, unnamed=self._unnamed, only_authors=self._only_authors),
                *fresh.conversations(self._values),
                *relations.links(),
                *relations.named_and_revised(),
            ]
        )

    def _write_people(self) -> None:
        self._staging.begin(
            people.settle(
                self._channel,
                unnamed=self._unnamed,
                is_first=self._is_first,
                only_authors=self._only_authors,
            )
        )

    def _write_themes(self) -> None:
        self._staging.wait()
        self.themes = themes.settle(self._channel.community_id)

    def _write_threads(self) -> None:
        self._staging.begin(
            [
                *threads.settle(self._values, is_first=self._is_first),
                *messages.in_threads(self._values, is_first=self._is_first),
            ]
        )
        self._staging.begin(messages.comments(self._values, is_first=self._is_first))
        self._staging.begin(relations.settle(is_first=self._is_first))

    def _settle(self, *, judged: bool = False) -> None:
        """States, unless they were `judged`, and the announcement to whoever derives something from them."""
        self._staging.wait()
        bulk.check_references_again()
        with connection.cursor() as cursor:
            cursor.execute("select distinct id from touched order by id")
            ids = [row[0] for row in cursor.fetchall()]
        if ids and not judged:
            states.recompute(ids)
        for start in range(0, len(ids), ANNOUNCED):
            bus.publish(
                events.ConversationsImported(
                    community=self._channel.community_id, conversations=ids[start : start + ANNOUNCED]
                )
            )
