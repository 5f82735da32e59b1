"""A community of the demonstration, as records: one more reader for the loader of imports."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from passeur.channels.protocols import (
    ContributionRecord,
    LinkRecord,
    MentionRecord,
    Problems,
    ReactionRecord,
    Record,
    RevisionRecord,
    ThemeRecord,
    ThreadRecord,
)

from .clock import Clock, Story
from .files import CommunityFiles
from .texts import Texts, opening

SEED = 20_261_125


class DemoCommunity:
    """All that was written in one community, with dates that follow the clock."""

    kind = "demo"
    language: Literal["fr", "en"] = "fr"
    ordered = False
    only_authors = False

    def __init__(
        self,
        files: CommunityFiles,
        *,
        clock: Clock,
        texts: Texts,
        keys: Mapping[int, str],
        joined: Mapping[str, dt.datetime],
    ) -> None:
        self.address = self.community_slug = files.slug
        self.community_name = str(files.about["name"])
        self.problems = Problems()
        self.left_out: dict[str, int] = {}
        self.total = len(files.conversations)
        self.position = 0
        self._files, self._clock, self._texts, self._keys, self._joined = files, clock, texts, keys, joined

    def records(self) -> Iterator[list[Record]]:
        yield list(_themes(self._files.about["themes"], None))
        for number, conversation in self._files.conversations.items():
            story = self._clock.story(conversation["days_ago"])
            # Drawn anew for each conversation: adding one does not change what happened in the others.
            drawn = random.Random(f"{SEED}/{self.address}/{number}")  # noqa: S311 - a story, not a secret
            records = list(self._conversation(number, conversation, story, drawn))
            for kind in dict.fromkeys(type(record) for record in records):
                yield [record for record in records if type(record) is kind]
            self.position += 1

    def _conversation(
        self, number: int, told: dict[str, Any], story: Story, drawn: random.Random
    ) -> Iterator[Record]:
        thread = str(number)
        closed = told.get("closed")
        ended = story.later(closed["after_hours"]) if closed else None
        accepted: tuple[str, dt.datetime] | None = None
        replies: list[Record] = []
        is_question = told["kind"] == "question"
        for place, reply in enumerate(told.get("answers", told.get("replies", [])), 1):
            if story.later(hours := reply["after_hours"]) is None:
                continue
            key = f"{number}-{place}"
            part = "answer" if is_question and reply["author"] != told["author"] else "reply"
            replies += self._message(key, thread, part, None, reply, story, hours, drawn)
            if reply.get("accepted") and (
                at := story.later(max(hours, reply.get("accepted_after_hours", 0)))
            ):
                accepted = key, at
            replies += self._comments(key, reply, story, drawn)
        yield ThreadRecord(
            thread,
            told["kind"],
            told["title"],
            story.began.isoformat(),
            list(told.get("themes", [])),
            ended.isoformat() if ended else None,
            closed["reason"] if closed and ended else "",
            accepted[0] if accepted else None,
            accepted[1].isoformat() if accepted else None,
        )
        yield from self._message(
            thread, thread, "opening", None, {**told, "body": opening(told)}, story, 0, drawn
        )
        yield from self._comments(thread, told, story, drawn)
        yield from replies
        for kind, targets in (("duplicate", told.get("duplicate_of")), ("related", told.get("related"))):
            for target in targets if isinstance(targets, list) else [targets] if targets else []:
                yield LinkRecord(thread, str(int(target)), kind, story.began.isoformat())

    def _comments(
        self, parent: str, told: dict[str, Any], story: Story, drawn: random.Random
    ) -> Iterator[Record]:
        for place, comment in enumerate(told.get("comments", []), 1):
            yield from self._message(
                f"{parent}-c{place}", None, "comment", parent, comment, story, comment["after_hours"], drawn
            )

    def _message(
        self,
        key: str,
        thread: str | None,
        part: str,
        parent: str | None,
        told: dict[str, Any],
        story: Story,
        hours: float,
        drawn: random.Random,
    ) -> Iterator[Record]:
        if (written := story.later(hours)) is None:
            return
        author, body = told["author"], self._texts.source(told["body"])
        edited_at = None
        if (edited := told.get("edited")) and (edited_at := story.later(hours + edited["after_hours"])):
            first, body = body, self._texts.source(edited["body"])
            for order, (text, at) in enumerate(((first, written), (body, edited_at))):
                yield RevisionRecord(key, order, "", text, "markdown", author, at.isoformat())
        html, mentions = self._texts.html(body)
        yield ContributionRecord(
            key,
            thread,
            part,
            parent,
            author,
            body,
            html,
            "markdown",
            written.isoformat(),
            edited_at.isoformat() if edited_at else None,
        )
        for member in mentions:
            yield MentionRecord(key, self._keys[member])
        for meaning, times in told.get("reactions", {}).items():
            yield from self._reactions(key, author, meaning, int(times), written, drawn)

    def _reactions(
        self, key: str, author: str, meaning: str, times: int, written: dt.datetime, drawn: random.Random
    ) -> Iterator[Record]:
        """As many members as the file says, of those who were there, at some time after it was written."""
        there = sorted(who for who, since in self._joined.items() if who != author and since <= written)
        for who in drawn.sample(there, min(times, len(there))):
            yield ReactionRecord(key, who, meaning, self._clock.after(written, drawn).isoformat())


def _themes(tree: list[dict[str, Any]], parent: str | None) -> Iterator[Record]:
    for theme in tree:
        yield ThemeRecord(theme["name"], parent, list(theme.get("synonyms", [])))
        yield from _themes(theme.get("children", []), theme["name"])
