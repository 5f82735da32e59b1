"""The order in which what was staged becomes ours: people, themes, threads, comments, and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from passeur.channels.protocols import ContributionRecord, MentionRecord, PersonRecord, Record, ThreadRecord
from passeur.channels.services import bulk, people
from passeur.channels.services.staging import Staging
from passeur.foundation import events as bus

from ... import events
from ...choices import Part
from .. import states
from . import gone, messages, parts, relations, tables, themes, threads

if TYPE_CHECKING:
    from passeur.channels.models import Channel

ANNOUNCED = 500
"""Conversations named in one announcement: a job of a few seconds for whoever listens."""


class Writer:
    """Writes one archive. Of one that comes in order, the server writes what is complete while we read on."""

    def __init__(self, staging: Staging, channel: Channel, *, reads_in_order: bool, part_size: int) -> None:
        self.themes = 0
        self._staging, self._channel, self._part_size = staging, channel, part_size
        self._values: dict[str, Any] = {"channel": channel.pk, "community": channel.community_id}
        self._is_first = not channel.identities.exists()
        self._early = reads_in_order and self._is_first
        self._has_people = self._has_threads = self._has_comments = False
        with connection.cursor() as cursor:
            cursor.execute(";".join([people.TABLES, themes.TABLES, tables.TABLES]))
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
        return self._staging.counts[ThreadRecord] > self._part_size and not self._has_threads

    def expect(self, record: Record) -> None:
        """A record comes, and by the order of the archive everything before its kind is complete."""
        if not self._early or self.is_large:
            return
        is_message = isinstance(record, ContributionRecord | MentionRecord)
        if not self._has_people:
            if not isinstance(record, PersonRecord):
                self._write_people(with_authors=False)
        elif not self._has_threads:
            if is_message and isinstance(record, ContributionRecord) and record.part == Part.COMMENT:
                self._write_threads()
        elif not self._has_comments and not is_message and not isinstance(record, PersonRecord):
            self._write_comments()

    def write_all(self, *, is_whole: bool) -> None:
        """Write everything, in the transaction of the reading. Only of a whole archive is the rest gone."""
        if not self._has_threads:
            self._write_threads()
        if not self._has_comments:
            self._write_comments()
        self._staging.begin(relations.settle(is_first=self._is_first))
        self._staging.begin(relations.links())
        if is_whole and not self._is_first:
            self._staging.begin(gone.settle("incoming"))
        self._settle()

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
        self._staging.begin(
            [
                *threads.settle(self._values, is_first=self._is_first),
                *messages.in_threads(self._values, is_first=self._is_first),
            ]
        )
        self._staging.begin(messages.comments(self._values, is_first=self._is_first))
        self._staging.begin(relations.settle(is_first=self._is_first))
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

    def _write_people(self, *, with_authors: bool = True) -> None:
        unnamed = "Membre " if self._channel.community.language == "fr" else "Member "
        self._staging.begin(
            people.settle(self._channel, unnamed=unnamed, is_first=self._is_first, with_authors=with_authors)
        )
        self._has_people = True

    def _write_themes(self) -> None:
        self._staging.wait()
        self.themes = themes.settle(self._channel.community_id)

    def _write_threads(self) -> None:
        self._write_people()
        self._write_themes()
        self._staging.begin(
            [
                *threads.settle(self._values, is_first=self._is_first),
                *messages.in_threads(self._values, is_first=self._is_first),
            ]
        )
        self._has_threads = True

    def _write_comments(self) -> None:
        self._write_people()
        self._staging.begin(messages.comments(self._values, is_first=self._is_first))
        self._has_comments = True

    def _settle(self) -> None:
        """States, and the announcement to whoever derives something from conversations."""
        self._staging.wait()
        bulk.check_references_again()
        with connection.cursor() as cursor:
            cursor.execute("select distinct id from touched order by id")
            ids = [row[0] for row in cursor.fetchall()]
        if ids:
            states.recompute(ids)
        for start in range(0, len(ids), ANNOUNCED):
            bus.publish(
                events.ConversationsImported(
                    community=self._channel.community_id, conversations=ids[start : start + ANNOUNCED]
                )
            )
