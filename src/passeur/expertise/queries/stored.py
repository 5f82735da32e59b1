"""What a community has shown, as the ranker reads it: only the scopes of one question, from the database.

The signals and weights are those of the replay in memory; this gives them the same numbers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from passeur.algorithms.routing.candidates import LEADING
from passeur.algorithms.routing.evidence import AskedQuestion, Themes
from passeur.algorithms.routing.history import Exchange, History, Record
from passeur.algorithms.routing.history import Share as Part
from passeur.algorithms.routing.tally import HALF_LIVES, LEADERS, Tally

from ..choices import Scope, Text
from ..models import Evidence
from .literals import array
from .words import StoredIndex, read_together

COLUMNS = ("week", "month", "quarter", "year")
LAST, LAST_IN_THEME = 50, 20

_ALL, _LED = " and scope in (1, 2)", {"year": ""}
"""The index of each half-life holds these scopes, that of a year all: said of a year, another one is read."""
_LEAD = """
array(
    select person_id from expertise_tally
    where community_id = %(community)s and scope = s.scope and key = s.key{led}
    order by {column} desc, person_id limit %(leading)s
)
"""
_GROUND = """
select s.scope, s.key, {leads} from unnest(%(scopes)s::int[], %(keys)s::bigint[]) as s(scope, key)
union all
select {to_asker}, %(asker)s, array(
    select person_id from expertise_tally
    where community_id = %(community)s and scope = {to_asker} and key = %(asker)s
    order by year desc, person_id limit %(leading)s
), null, null, null
union all
select 0, 0, array(
    select person_id from expertise_share
    where community_id = %(community)s order by at desc, id desc limit %(last)s
), null, null, null
""".format(  # noqa: S608 - names of columns
    leads=", ".join(_LEAD.format(column=column, led=_LED.get(column, _ALL)) for column in COLUMNS),
    to_asker=int(Scope.TO_ASKER),
)
"""Scope, key, and at each half-life who leads; who helped the asker; under scope 0 who answered last."""
# A scope is gone through in the order of people, from one of them to the next: read in another order, and
# sorted, it would be read whole. Without a sort the planner has only that way, and it is a third of the work
# of looking each of them up in each scope.
_ROWS = """
set local enable_sort = off;
select t.scope, t.key, t.person_id, week, month, quarter, year, latest, answers, accepted
from unnest(%(scopes)s::int[], %(keys)s::bigint[]) as s(scope, key)
cross join lateral (
    select * from expertise_tally
    where community_id = %(community)s and scope = s.scope and key = s.key
        and person_id = any(%(people)s::bigint[])
    order by person_id
) t
union all
select scope, key, person_id, week, month, quarter, year, latest, answers, accepted from expertise_tally
where community_id = %(community)s and scope = %(to_asker)s and person_id = %(asker)s
    and key = any(%(people)s::bigint[]) and key <> %(asker)s;
set local enable_sort = on
"""
_THEMES = """
select c.theme_id, c.questions, c.last, t.name
from expertise_themecount c join skills_theme t on t.id = c.theme_id
where c.theme_id = any(%s::bigint[])
"""
_QUESTIONS = """
select e.position, e.object_id, e.person_id, e.at, c.title,
    s.person_id, s.at, s.replies, s.up, s.down, s.accepted
from expertise_textentry e
join conversations_conversation c on c.id = e.exchange_id
left join expertise_share s on s.exchange_id = e.exchange_id
where e.community_id = %s and e.kind = %s and e.position = any(%s::int[])
order by s.at, s.id
"""
_ANSWERS = """
select position, person_id, at from expertise_textentry
where community_id = %s and kind = %s and position = any(%s::int[])
"""
_RECENT = """
select person_id, count(*), count(*) filter (where accepted) from expertise_share
where community_id = %s and person_id = any(%s::bigint[]) and at >= %s
group by person_id
"""


class _Counted(dict[int, Exchange]):
    """The exchanges that were read, of the many there are."""

    def __init__(self, total: int) -> None:
        super().__init__()
        self._all = total

    def __len__(self) -> int:
        return self._all


class _Read(Tally):
    """A tally of which only the rows of people who were asked about are in memory."""

    def __init__(self, history: StoredHistory, half_lives: tuple[float, ...] = HALF_LIVES) -> None:
        super().__init__(half_lives)
        self._history = history
        self.leading: list[list[int]] = [[] for _ in half_lives]

    def keep(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Have rows of `_ROWS`."""
        first = 3 + len(COLUMNS) - len(self._half_lives)
        for row in rows:
            self._logs[row[2]] = list(row[first:7])
            self.latest[row[2]] = row[7]

    def keep_totals(self, logs: Sequence[float]) -> None:
        self._total = list(logs)

    def leaders(self, half_life: int, limit: int = LEADERS) -> list[int]:
        return self.leading[half_life][:limit]

    def read(self, people: Sequence[int], now: float) -> NDArray[np.float64]:
        self._history.bring(people)
        return super().read(people, now)


class StoredHistory(History):
    """The history of one community as far as one question goes."""

    def __init__(self, evidence: Evidence, question: AskedQuestion, themes: Themes) -> None:
        super().__init__(themes)
        self._community, self._asker = evidence.community_id, question.asker
        self._brought: set[int] = set()
        self._recent: dict[int, Record] = {}
        self._expected: set[int] = {question.asker, *question.mentions}
        self._themes = list(themes.with_broader(question.themes))
        self.names_of_themes: dict[int, str] = {}
        self.titles: dict[int, str] = {}
        """Of the questions that resemble this one."""
        self._of_theme: dict[int, dict[int, tuple[Any, ...]]] = {}
        self.exchanges = _Counted(evidence.questions)
        self.similar = similar = StoredIndex(
            Text.QUESTION, documents=evidence.questions, words=evidence.question_words,
            ids=self._questions_at, read=self._read_words,
        )  # fmt: skip
        self.wording = wording = StoredIndex(
            Text.ANSWER, documents=evidence.answers, words=evidence.answer_words,
            ids=self._answers_at, read=self._read_words,
        )  # fmt: skip
        self._indexes = (similar, wording)
        self._words_of: Mapping[str, float] | None = None
        self._tallies: dict[tuple[int, int], _Read] = {
            (Scope.OVERALL, 0): _Read(self),
            (Scope.REPLIES, 0): _Read(self),
            (Scope.ASKING, 0): _Read(self),
            (Scope.TO_ASKER, self._asker): _Read(self, HALF_LIVES[-1:]),
            (Scope.TOGETHER, self._asker): _Read(self, HALF_LIVES[-1:]),
            **{(Scope.THEME, theme): _Read(self) for theme in self._themes},
        }
        self.overall = self._tallies[Scope.OVERALL, 0]
        self.replies = self._tallies[Scope.REPLIES, 0]
        self.asking = self._tallies[Scope.ASKING, 0]
        self._tallies[Scope.OVERALL, 0].keep_totals(evidence.totals)
        self._read_themes()
        self._read_ground()

    def knows(self, person: int) -> bool:
        if person not in self._brought:
            self.bring([person])
        return person in self.records

    def bring(self, people: Iterable[int]) -> None:
        """Have the rows of these people in every scope of the question, and of those who will be asked about.

        One query, for those not here yet.
        """
        if self._brought.issuperset(people):
            return
        missing = list(self._expected.union(people) - self._brought)
        self._brought.update(missing)
        self._expected.clear()
        with connection.cursor() as cursor:
            cursor.execute(
                _ROWS,
                {
                    "scopes": array(scope for scope, _ in self._tallies),
                    "keys": array(key for _, key in self._tallies),
                    "community": self._community,
                    "people": array(missing),
                    "to_asker": Scope.TO_ASKER,
                    "asker": self._asker,
                },
            )
            cursor.nextset()
            for (scope, key), rows in groupby(cursor.fetchall(), key=itemgetter(0, 1)):
                self._keep(scope, key, list(rows))

    def bring_recent(self, people: Collection[int], since: float) -> None:
        """Have what reasons say of these people: of the themes, and of what they answered since then."""
        self.bring(people)
        for theme, rows in self._of_theme.items():
            self.theme_records[theme] = {
                person: Record(*rows[person][8:10]) for person in people if person in rows
            }
        with connection.cursor() as cursor:
            cursor.execute(_RECENT, [self._community, array(people), since])
            self._recent = {person: Record(*counts) for person, *counts in cursor.fetchall()}

    def since(self, person: int, at: float) -> Record:
        """As it was brought."""
        return self._recent.get(person, Record())

    def _keep(self, scope: int, key: int, rows: list[tuple[Any, ...]]) -> None:
        helping = self._tallies.get((scope, key))
        if helping is None:
            helping = _Read(self, HALF_LIVES[-1:])
        helping.keep(rows)
        if scope == Scope.OVERALL:
            self.records.update((row[2], Record(row[8], row[9])) for row in rows)
        elif scope == Scope.THEME:
            self.by_theme[key] = helping
            self._of_theme.setdefault(key, {}).update((row[2], row) for row in rows)
        elif scope == Scope.TO_ASKER:
            self.to_asker[key] = helping
            if key == self._asker:
                self._helped.update(((key, row[2]), row[8]) for row in rows)
        elif scope == Scope.TOGETHER:
            self.together[key] = helping

    def _read_ground(self) -> None:
        """Who leads in the question's themes and overall, who helped the asker, who answered last."""
        led = [place for place in self._tallies if place[0] in (Scope.OVERALL, Scope.THEME)]
        last: list[int] = []
        with connection.cursor() as cursor:
            cursor.execute(
                _GROUND,
                {
                    "scopes": array(scope for scope, _ in led),
                    "keys": array(key for _, key in led),
                    "community": self._community,
                    "asker": self._asker,
                    "leading": LEADING,
                    "last": LAST,
                },
            )
            for scope, key, *leading in cursor.fetchall():
                if scope:
                    self._tallies[scope, key].leading = leading
                    self._expected.update(*filter(None, leading))
                else:
                    last = leading[0]
        self.last = deque(reversed(last), maxlen=LAST)
        for scope, key in led:
            if scope == Scope.THEME and self._tallies[scope, key].leading[0]:
                self.by_theme[key] = self._tallies[scope, key]
        helpers = self._tallies[Scope.TO_ASKER, self._asker]
        if helpers.leading[0]:
            self.to_asker[self._asker] = helpers

    def _read_themes(self) -> None:
        if not self._themes:
            return
        with connection.cursor() as cursor:
            cursor.execute(_THEMES, [self._themes])
            counts = cursor.fetchall()
        for theme, questions, last, name in counts:
            self.questions_by_theme[theme] = questions
            self.last_by_theme[theme] = deque(last, maxlen=LAST_IN_THEME)
            self.names_of_themes[theme] = name

    def _read_words(self, terms: Mapping[str, float]) -> None:
        """Have what both searches read for these words: they are asked the same."""
        if self._words_of is not terms:
            read_together(self._community, self._indexes, terms)
            self._words_of = terms

    def _questions_at(self, positions: Sequence[int]) -> list[int]:
        """The questions at these positions, with who answered them."""
        found: dict[int, int] = {}
        with connection.cursor() as cursor:
            cursor.execute(_QUESTIONS, [self._community, Text.QUESTION, array(positions)])
            for position, question, asker, asked_at, title, person, *share in cursor.fetchall():
                if position not in found:
                    found[position] = question
                    if title:
                        self.titles[question] = title
                    self.exchanges[question] = Exchange(AskedQuestion(question, asker, asked_at))
                if person is not None:
                    self.exchanges[question].answerers[person] = Part(*share)
                    self._expected.add(person)
        return [found[position] for position in positions]

    def _answers_at(self, positions: Sequence[int]) -> list[int]:
        """Places in `given` of the answers at these positions."""
        with connection.cursor() as cursor:
            cursor.execute(_ANSWERS, [self._community, Text.ANSWER, array(positions)])
            found = {position: (person, at) for position, person, at in cursor.fetchall()}
        before = len(self.given)
        self.given += [found[position] for position in positions]
        return list(range(before, len(self.given)))
