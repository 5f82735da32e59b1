"""One synthetic community as an archive: the importer reads it as any other, a few threads at a time."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from passeur.channels.protocols import (
    ContributionRecord,
    LinkRecord,
    Problems,
    ReactionRecord,
    Record,
    SafeHtml,
    ThemeRecord,
    ThreadRecord,
    VoteRecord,
)

from .clock import Clock
from .lexicon import Noun
from .sizes import Sizes, Village, steps
from .texts import Speaker, ranked

KIND = "synthesis"
BATCH = 500
"""Threads in one list of records."""
KINDS = ("question",) * 78 + ("discussion",) * 14 + ("experience",) * 5 + ("announcement",) * 3
CLOSED = ("resolved", "resolved_elsewhere", "duplicate", "off_topic", "obsolete")
OF_OPENING = ("same_question", "good_question")
OF_REPLY = ("helps", "helps", "thanks", "lived")


@dataclass(slots=True)
class Batch:
    """Records of some threads, by kind."""

    threads: list[ThreadRecord] = field(default_factory=list)
    messages: list[ContributionRecord] = field(default_factory=list)
    votes: list[VoteRecord] = field(default_factory=list)
    reactions: list[ReactionRecord] = field(default_factory=list)
    links: list[LinkRecord] = field(default_factory=list)

    def lists(self) -> Iterator[list[Record]]:
        yield list(self.threads)
        yield list(self.messages)
        yield list(self.votes)
        yield list(self.reactions)
        yield list(self.links)


class SyntheticCommunity:
    """The archive of one village; `people` are the keys of its members, the most active first."""

    kind = KIND

    def __init__(self, village: Village, sizes: Sizes, people: Sequence[str]) -> None:
        self._village, self._sizes, self._people = village, sizes, people
        self._clock = Clock(village.until)
        self._themes = themes_of(village)
        self._ranks = range(len(self._themes))
        self.address = f"{sizes.address}/{village.slug}"
        self.community_name, self.community_slug = village.name, village.slug
        self.language: Literal["fr", "en"] = village.lexicon.code
        self.problems = Problems()
        self.left_out: dict[str, int] = {}
        self.ordered = False
        self.only_authors = False
        self.total, self.position = village.conversations, 0

    def records(self) -> Iterator[list[Record]]:
        """Themes, then threads in batches with all that hangs on them."""
        yield [ThemeRecord(name, parent) for name, parent, _thing in self._themes]
        drawn = self._village.drawn(self._sizes, "lengths")
        lively = [drawn.lognormvariate(0, 1.3) for _ in range(self._village.conversations)]
        replies = steps(self._village.contributions - self._village.conversations, lively)
        batch = Batch()
        for number, count in enumerate(replies):
            self._thread(number, count, batch)
            self.position = number + 1
            if len(batch.threads) >= BATCH:
                yield from batch.lists()
                batch = Batch()
        yield from batch.lists()

    def _thread(self, number: int, replies: int, batch: Batch) -> None:
        drawn = self._village.drawn(self._sizes, f"thread/{number}")
        key, kind = f"t{number}", drawn.choice(KINDS)
        ranks = [ranked(self._ranks, drawn) for _ in range(drawn.choice((1, 1, 2, 2, 3)))]
        themes = [self._themes[rank] for rank in dict.fromkeys(ranks)]
        lexicon = self._village.lexicon
        speaker = Speaker(lexicon, self._village.trade, [thing for _name, _parent, thing in themes], drawn)
        asker, begun = self._somebody(drawn), self._clock.begun(drawn)
        opening = speaker.paragraphs(lexicon.openings, usual=4)
        batch.messages.append(_message(key, key, "opening", None, asker, opening, begun, drawn))
        told = _Told(key, kind, asker, ranks[0])
        answers = self._replies(told, replies, begun, speaker, drawn, batch)
        accepted = drawn.choice(answers) if answers and drawn.random() < 0.55 else None
        closed = begun + dt.timedelta(days=drawn.random() * 20) if drawn.random() < 0.04 else None
        batch.threads.append(
            ThreadRecord(
                key,
                kind,
                speaker.title(asks=kind in ("question", "discussion")),
                _moment(begun),
                [name for name, _parent, _thing in themes],
                _moment(min(closed, self._clock.until)) if closed else None,
                drawn.choice(CLOSED) if closed else "",
                accepted,
            )
        )
        if number and drawn.random() < 0.03:
            other = f"t{int(drawn.random() * number)}"
            batch.links.append(LinkRecord(key, other, drawn.choice(("duplicate", "related")), _moment(begun)))

    def _replies(
        self,
        told: _Told,
        count: int,
        begun: dt.datetime,
        speaker: Speaker,
        drawn: random.Random,
        batch: Batch,
    ) -> list[str]:
        """Everything after the opening, in the order of time; gives the keys of the answers."""
        lexicon, at = self._village.lexicon, begun
        tops = [told.key]
        answers: list[str] = []
        usual = "answer" if told.kind == "question" else "reply"
        for place in range(count):
            at = self._clock.replied(at, drawn)
            key, share = f"{told.key}.{place}", drawn.random()
            if share < 0.6:
                part, parent, author = usual, None, self._expert(told.theme, drawn)
                text = speaker.paragraphs(lexicon.answers, usual=3.5)
                tops.append(key)
                if usual == "answer" and author != told.asker:
                    answers.append(key)
            else:
                part, parent = "comment", drawn.choice(tops)
                author = told.asker if share < 0.8 else self._somebody(drawn)
                text = speaker.paragraphs(lexicon.remarks, usual=1.2)
            batch.messages.append(_message(key, told.key, part, parent, author, text, at, drawn))
            self._liked(key, part, author, at, drawn, batch)
        self._liked(told.key, "opening", told.asker, begun, drawn, batch)
        return answers

    def _liked(
        self, key: str, part: str, author: str, at: dt.datetime, drawn: random.Random, batch: Batch
    ) -> None:
        """Votes where it was written, and reactions here: none for most, many for a few."""
        votes = int(drawn.paretovariate(1.4)) - 1
        if votes:
            day = min(at + dt.timedelta(days=drawn.random() * 30), self._clock.until)
            down = int(drawn.random() < 0.1)
            batch.votes.append(VoteRecord(key, day.date().isoformat(), min(votes, 60), down))
        if part != "comment" and drawn.random() < 0.3:
            for _ in range(min(12, int(drawn.paretovariate(1.3)))):
                who = self._somebody(drawn)
                if who != author:
                    meaning = drawn.choice(OF_OPENING if part == "opening" else OF_REPLY)
                    when = min(at + dt.timedelta(hours=drawn.random() * 90), self._clock.until)
                    batch.reactions.append(ReactionRecord(key, who, meaning, _moment(when)))

    def _somebody(self, drawn: random.Random) -> str:
        return ranked(self._people, drawn)

    def _expert(self, theme: int, drawn: random.Random) -> str:
        """Most answers come from the few who know a theme: each theme has an order of people of its own."""
        count = len(self._people)
        if drawn.random() < 0.3:
            return self._somebody(drawn)
        return self._people[(int((count + 1) ** drawn.random()) - 1 + theme * 37) % count]


@dataclass(frozen=True, slots=True)
class _Told:
    key: str
    kind: str
    asker: str
    theme: int


def themes_of(village: Village) -> list[tuple[str, str | None, Noun]]:
    """Names with the name above them and the thing they are about, the most usual first."""
    things = village.trade.things
    wanted = max(12, min(400, round(village.conversations**0.5)))
    made: list[tuple[str, str | None, Noun]] = [(_name(thing), None, thing) for thing in things[:wanted]]
    for place in range(max(0, wanted - len(things))):
        # Its rank among rare words moves with the village: two of them do not share their small themes.
        thing = village.lexicon.rare[(place + village.number * 131) % len(village.lexicon.rare)]
        made.append((_name(thing), _name(things[place % len(things)]), thing))
    return made


def _name(thing: Noun) -> str:
    return thing["n"][0].upper() + thing["n"][1:]


def _message(
    key: str, thread: str, part: str, parent: str | None, author: str, text: list[str], at: dt.datetime,
    drawn: random.Random,
) -> ContributionRecord:  # fmt: skip
    html = SafeHtml("".join(f"<p>{paragraph}</p>" for paragraph in text))
    edited = _moment(at + dt.timedelta(minutes=7)) if drawn.random() < 0.04 else None
    body = "\n\n".join(text)
    votes = int(drawn.paretovariate(1.4)) - 1
    return ContributionRecord(
        key, thread, part, parent, author, body, html, "markdown", _moment(at), edited, min(votes, 60)
    )


def _moment(at: dt.datetime) -> str:
    return at.isoformat()
