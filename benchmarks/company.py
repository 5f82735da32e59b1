"""Writes what pages of figures read of a company, as years would have left it: roll-ups, not statements.

    company.fill(Sizes(...), statements=50_000_000)

Who belongs where, who writes, when, about what: as `passeur synthesize` draws it, with the same skew. What
is written, by COPY, in the order of communities: members and memberships, actors, populations week by week,
exchanges with their participants, ties, bitmaps and totals of days, counts of the network; conversations
with their texts and reactions for the last `TEXTS` days, which lists show. Days and weeks of response of the
largest ones are made of their exchanges by the service that makes them, and what lasts in them is counted
from their exchanges (`lasting.py`), with lengths that say nothing. Statements, tallies and what is older than
`DETAILS` days of all but exchanges are not written: no page of figures reads them. The statements that are
not our own are counted in the totals as those of courses.
"""

from __future__ import annotations

import datetime as dt
import random
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import lasting
import numpy as np
from django.conf import settings
from django.db import connection

from passeur.channels.services import bulk
from passeur.communities.models import Community
from passeur.conversations.queries.worked import HELPFUL, JUDGED_AFTER
from passeur.engagement.models import Word
from passeur.engagement.services import responding, vocabulary
from passeur.engagement.services.people import monday
from passeur.foundation.text import fold
from passeur.integrations.synthesis import people
from passeur.integrations.synthesis.archive import KINDS, OF_OPENING, OF_REPLY, themes_of
from passeur.integrations.synthesis.clock import DAYS, Clock
from passeur.integrations.synthesis.sizes import Sizes, Village, steps, villages
from passeur.integrations.synthesis.texts import ranked
from passeur.records import protocols as records

DETAILS = 60 * 7
TEXTS = 30 * 7
LARGE = 3
"""In so many of the largest communities populations are of each week, and bitmaps of themes too."""
USUAL = 74
"""Words of an opening whose text is not written."""
BUSY = 20
"""Themes of a community that have bitmaps."""
COURSES = 12
"""Words of courses: verbs of programs that are not ours."""
DAY = dt.timedelta(days=1)
STARTING = {"question": records.ASKED, "discussion": records.OPENED, "experience": records.SHARED,
            "announcement": records.ANNOUNCED}  # fmt: skip


def fill(sizes: Sizes, statements: int, today: dt.date) -> None:
    """Fill an empty database."""
    end = dt.datetime.combine(today, dt.time(), dt.UTC)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica; SET synchronous_commit = off")
    first = people.provide(sizes, end)
    bulk.copy_rows(
        "engagement.Actor",
        ("id", "key", "member_id", "bit"),
        ((n + 1, records.key_of_member(first + n), first + n, n + 1) for n in range(sizes.members)),
    )
    vocabulary.learn(
        [(verb.iri, True) for verb in (*STARTING.values(), records.ANSWERED, records.REACTED)]
        + [(f"https://lms.example/verbs/{n}", False) for n in range(COURSES)]
    )
    homes = villages(sizes, end)
    belonging = people.by_village(sizes, homes)
    own = 3 * sizes.contributions
    for home in homes:
        share = sizes.conversations and home.conversations / sizes.conversations
        town = Town(home, sizes, first, belonging[home.number], today)
        town.write(int(share * max(0, statements - own)))
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")
        cursor.execute(
            "INSERT INTO engagement_changedday (community, day)"
            " SELECT DISTINCT community, (asked_at AT TIME ZONE %s)::date FROM engagement_exchange"
            " WHERE asked_at > %s AND community IN ("
            "SELECT id FROM communities_community ORDER BY id LIMIT %s)",
            [settings.TIME_ZONE, end - DETAILS * DAY, LARGE],
        )
    responding.remake_marked()
    lasting.count(largest())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def largest() -> list[int]:
    """The communities whose weeks and texts are told."""
    return list(Community.objects.order_by("pk").values_list("pk", flat=True)[:LARGE])


@dataclass(slots=True)
class Town:
    """One community, written."""

    village: Village
    sizes: Sizes
    first: int
    members: array[int]
    today: dt.date
    community: int = 0
    themes: list[int] = field(default_factory=list)
    above: dict[int, int] = field(default_factory=dict)
    number: int = 0
    """Of its first conversation and contribution; they do not meet those of others."""

    def write(self, courses: int) -> None:
        """All of it."""
        self.number = self.village.number * (self.sizes.contributions + 1) + 1
        self._found()
        self._populations()
        told = Told(self)
        bulk.copy_rows("engagement.Exchange", Told.COLUMNS, told.exchanges())
        told.write_rest(courses)
        self._networks()

    def _found(self) -> None:
        village = self.village
        bulk.insert_rows(
            "communities.Community",
            [{"slug": village.slug, "name": village.name, "purpose": "", "language": village.lexicon.code}],
        )
        self.community = _one("SELECT id FROM communities_community WHERE slug = %s", village.slug)
        managers = min(people.MANAGERS, 1 + len(self.members) // 500)
        bulk.copy_rows(
            "communities.Membership",
            ("community_id", "member_id", "role", "joined_at", "charter_version"),
            (
                (self.community, self.first + n, "lcm" if place < managers else "member",
                 village.until - DAYS * DAY, 1)
                for place, n in enumerate(self.members)
            ),
        )  # fmt: skip
        made = themes_of(village)
        start = 1 + village.number * 1000
        self.themes = list(range(start, start + len(made)))
        by_name = {name: key for key, (name, _parent, _thing) in zip(self.themes, made, strict=True)}
        rows = []
        for key, (name, parent, _thing) in zip(self.themes, made, strict=True):
            if parent is not None:
                self.above[key] = by_name[parent]
            path = f"/{by_name[parent]}/{key}/" if parent is not None else f"/{key}/"
            rows.append(
                (key, self.community, by_name.get(parent or ""), name[:80], f"{fold(name)[:90]} {key}",
                 f"t{key}", path)
            )  # fmt: skip
        bulk.copy_rows(
            "skills.Theme", ("id", "community_id", "parent_id", "name", "folded", "slug", "path"), rows
        )

    def _populations(self) -> None:
        """Each Monday some come, and some change teams; in smaller communities, nobody."""
        chance = np.random.default_rng(self.village.number)
        bits = np.array(self.members, dtype=np.int64)[people.MANAGERS :] + 1
        teams = self.village.lexicon.teams
        team, size = chance.integers(0, len(teams), len(bits)), self.sizes.members + 2
        weeks = DETAILS // 7 if self.village.number < LARGE else 1
        there = np.ones(len(bits), dtype=bool)
        if weeks > 1:
            there[chance.random(len(bits)) < 0.1] = False

        def rows() -> Iterator[tuple[Any, ...]]:
            for week in range(weeks):
                since = monday(self.today) - 7 * DAY * (DETAILS // 7 - week)
                for n, name in ((-1, ""), *enumerate(teams)):
                    of = bits[there & (team == n)] if n >= 0 else bits[there]
                    yield self.community, name, since, _packed(of, size), len(of)
                there[chance.random(len(bits)) < 0.002] = True
                moved = chance.random(len(bits)) < 0.002
                team[moved] = chance.integers(0, len(teams), int(moved.sum()))

        bulk.copy_rows("engagement.Population", ("community", "team", "since", "bits", "size"), rows())

    def _networks(self) -> None:
        drawn, many = self.village.drawn(self.sizes, "network"), len(self.members)
        sundays = [monday(self.today) - DAY - 7 * DAY * week for week in range(30)]

        def rows() -> Iterator[tuple[Any, ...]]:
            for day in (self.today, *sundays):
                some = [
                    int(many * share * (0.9 + 0.2 * drawn.random())) for share in (0.4, 0.1, 0.15, 0.3, 1.4)
                ]
                teams = {name: [many // 9, many // 5, many // 20] for name in self.village.lexicon.teams}
                yield self.community, day, many, *some, many, many // 5, _json(teams)

        bulk.copy_rows(
            "engagement.Network",
            ("community", "day", "people", "isolated", "unheard", "one_tie", "mutual", "connected",
             "external", "internal", "teams"),
            rows(),
        )  # fmt: skip


class Told:
    """The exchanges of a town, and what hangs on those of the last `DETAILS` days, until it is written."""

    COLUMNS = (
        "number", "community", "themes", "kind", "asks", "asker", "helper", "asked_at", "replied_at",
        "due_at", "accepted_at", "closed_at", "state", "is_resolved", "is_first", "is_helpful",
        "words", "reached", "is_useful",
    )  # fmt: skip

    def __init__(self, town: Town) -> None:
        self.town, self.next = town, town.number
        self.clock = Clock(town.village.until)
        self.since = town.today - DETAILS * DAY
        self.texts_since = town.today - TEXTS * DAY
        self.taking: dict[tuple[int, dt.date], set[int]] = defaultdict(set)
        self.starting: dict[tuple[int, dt.date], set[int]] = defaultdict(set)
        self.totals: Counter[tuple[int, dt.date, str, str]] = Counter()
        self.ties: Counter[tuple[dt.date, int, int]] = Counter()
        self.taking_part: list[tuple[Any, ...]] = []
        self.conversations: list[tuple[Any, ...]] = []
        self.texts: list[tuple[Any, ...]] = []
        self.reactions: list[tuple[Any, ...]] = []
        self.themed: list[tuple[Any, ...]] = []
        self.asked: set[int] = set()

    def exchanges(self) -> Iterator[tuple[Any, ...]]:
        """Rows in the order of time."""
        village, town = self.town.village, self.town
        drawn = village.drawn(town.sizes, "exchanges")
        begun = sorted(self.clock.begun(drawn) for _ in range(village.conversations))
        lively = [drawn.lognormvariate(0, 1.3) for _ in begun]
        replies = steps(village.contributions - village.conversations, lively)
        for place, (at, count) in enumerate(zip(begun, replies, strict=True)):
            yield self._exchange(town.number + place, at, count, drawn)

    def _exchange(self, number: int, at: dt.datetime, count: int, drawn: random.Random) -> tuple[Any, ...]:
        town, kind = self.town, drawn.choice(KINDS)
        asks, asker = kind == "question", ranked(town.members, drawn)
        ranks = {ranked(range(len(town.themes)), drawn) for _ in range(drawn.choice((0, 1, 1, 2, 2, 3)))}
        themes = sorted(town.themes[rank] for rank in ranks)
        is_recent = at.date() >= self.since
        wrote = [(asker, at)]
        moment = at
        for _ in range(count if is_recent else min(count, 1)):
            moment = self.clock.replied(moment, drawn)
            wrote.append((ranked(town.members, drawn), moment))
        replied = next(((who, when) for who, when in wrote if who != asker), None)
        is_accepted = asks and replied is not None and drawn.random() < 0.55
        accepted = min(town.village.until, replied[1] + DAY) if is_accepted and replied else None
        closed = min(town.village.until, at + DAY * 20 * drawn.random()) if drawn.random() < 0.04 else None
        helped = replied is not None and drawn.random() < 0.3
        is_first = asker not in self.asked
        self.asked.add(asker)
        became = (
            self._details(number, kind, themes, wrote, accepted, drawn)
            if is_recent
            else (USUAL, len({who for who, _when in wrote} - {asker}), helped)
        )
        helper = replied[0] + 1 if accepted and replied else None
        return (
            number, town.community, themes, kind, asks, asker + 1, helper, at,
            replied[1] if replied else None, at + DAY, accepted, closed,
            "resolved" if accepted else "answered" if replied else "waiting", accepted is not None, is_first,
            helped, *became,
        )  # fmt: skip

    def _details(
        self, number: int, kind: str, themes: list[int], wrote: list[tuple[int, dt.datetime]],
        accepted: dt.datetime | None, drawn: random.Random,
    ) -> tuple[int, int, bool]:  # fmt: skip
        """Words of the opening; how many others it reached in two weeks, and whether it helped then."""
        town, asker, at = self.town, *wrote[0]
        is_large = town.village.number < LARGE
        busy = {one for one in themes if one - town.themes[0] < BUSY} if is_large else set()
        around = (
            0,
            *busy,
            *({town.above[one] for one in themes if one in town.above} - busy if is_large else ()),
        )
        for place, (who, when) in enumerate(wrote):
            verb = STARTING[kind].iri if place == 0 else records.ANSWERED.iri
            for theme in around:
                self.taking[theme, when.date()].add(who + 1)
                self.totals[theme, when.date(), verb, kind] += 1
                if place == 0:
                    self.starting[theme, when.date()].add(who + 1)
            if place and who != asker:
                self.ties[when.date(), who + 1, asker + 1] += 1
        self.taking_part += [
            (number, who + 1, town.community, when.date()) for who, when in dict(reversed(wrote)).items()
        ]
        has_texts = at.date() >= self.texts_since
        end = at + JUDGED_AFTER
        reached = {who for who, when in wrote if when < end}
        is_useful, length = accepted is not None and accepted < end, USUAL
        if has_texts:
            state, replied = ("answered", wrote[1][1]) if len(wrote) > 1 else ("waiting", None)
            self.conversations.append(
                (number, town.community, kind, "Une question", town.first + asker, at, wrote[-1][1], state,
                 replied, accepted)
            )  # fmt: skip
            self.themed += [(number, theme, place) for place, theme in enumerate(themes)]
        for place, (who, when) in enumerate(wrote):
            key, self.next = self.next, self.next + 1
            if has_texts:
                words = min(900, max(5, int(drawn.lognormvariate(4.3, 0.8))))
                part = "opening" if place == 0 else "answer" if kind == "question" else "reply"
                length = words if place == 0 else length
                self.texts.append((key, number, part, town.first + who, "mot " * words, when))
            if drawn.random() < 0.3:
                meaning = drawn.choice(OF_REPLY if place else OF_OPENING)
                for other in {
                    ranked(town.members, drawn) for _ in range(min(12, int(drawn.paretovariate(1.3))))
                }:
                    if other != who:
                        reacted = min(when + dt.timedelta(hours=drawn.random() * 90), town.village.until)
                        self.taking[0, reacted.date()].add(other + 1)
                        self.totals[0, reacted.date(), records.REACTED.iri, kind] += 1
                        if reacted < end:
                            reached.add(other)
                            is_useful |= meaning in HELPFUL
                        if has_texts:
                            self.reactions.append((key, town.first + other, meaning, reacted))
        return length, len(reached - {asker}), is_useful

    def write_rest(self, courses: int) -> None:
        """All but the exchanges."""
        town = self.town
        copy, community = bulk.copy_rows, town.community
        copy("engagement.Participant", ("exchange_id", "actor", "community", "day"), self.taking_part)
        copy(
            "engagement.Tie", ("community", "day", "source", "target", "replies"),
            ((community, *key, count) for key, count in self.ties.items()),
        )  # fmt: skip
        size = town.sizes.members + 2
        copy(
            "engagement.Presence", ("community", "theme", "day", "taking_part", "starting"),
            (
                (community, theme, day, _packed(np.fromiter(bits, dtype=np.int64), size),
                 _packed(np.fromiter(self.starting.get((theme, day), ()), dtype=np.int64), size))
                for (theme, day), bits in self.taking.items()
            ),
        )  # fmt: skip
        words = {(one.iri, one.is_own): one.pk for one in Word.objects.all()}
        kinds = {kind: words[STARTING[kind].iri, True] for kind in STARTING}
        copy(
            "engagement.Total", ("community", "theme", "day", "verb", "kind", "statements", "people"),
            (
                *((community, theme, day, words[iri, True], kinds[kind], count, max(1, count // 2))
                  for (theme, day, iri, kind), count in self.totals.items()),
                *((community, 0, self.since + DAY * day, words[f"https://lms.example/verbs/{verb}", False], 0,
                   courses // (DETAILS * COURSES), courses // (DETAILS * COURSES * 10))
                  for day in range(DETAILS) for verb in range(COURSES)),
            ),
        )  # fmt: skip
        copy(
            "conversations.Conversation",
            ("id", "community_id", "kind", "title", "author_id", "created_at", "last_activity_at", "state",
             "first_reply_at", "accepted_at"),
            self.conversations,
        )  # fmt: skip
        copy("conversations.ConversationTheme", ("conversation_id", "theme_id", "position"), self.themed)
        copy(
            "conversations.Contribution",
            ("id", "conversation_id", "part", "author_id", "body", "created_at"), self.texts,
        )  # fmt: skip
        copy(
            "conversations.Reaction",
            ("contribution_id", "member_id", "meaning", "created_at"),
            self.reactions,
        )


def _packed(bits: np.ndarray[Any, Any], size: int) -> bytes:
    flags = np.zeros(size, dtype=np.uint8)
    flags[bits] = 1
    return np.packbits(flags, bitorder="little").tobytes().rstrip(b"\0")


def _json(value: Any) -> Any:
    from psycopg.types.json import Jsonb

    return Jsonb(value)


def _one(sql: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.fetchone()[0])
