"""What a community has shown, as the ranker reads it: only the scopes of one question, from the database.

The signals and weights are those of the replay in memory; this gives them the same numbers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Sequence

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from passeur.algorithms.routing.candidates import theme_weights
from passeur.algorithms.routing.evidence import AskedQuestion, Themes
from passeur.algorithms.routing.history import Exchange, History, Record
from passeur.algorithms.routing.history import Share as Part
from passeur.algorithms.routing.tally import HALF_LIVES, LEADERS, Tally

from ..choices import Scope, Text
from ..models import Evidence, Share, TextEntry, ThemeCount
from ..models import Exchange as StoredExchange
from ..models import Tally as StoredRow
from .words import StoredIndex

COLUMNS = ("week", "month", "quarter", "year")
LAST, LAST_IN_THEME = 50, 20

_LEAD = """
select s.scope, s.key, {half_life}, t.person_id from unnest(%s::int[], %s::bigint[]) as s(scope, key)
cross join lateral (
    select person_id from expertise_tally
    where community_id = %s and scope = s.scope and key = s.key and scope in (1, 2)
    order by {column} desc, person_id limit {leaders}
) t
"""
_LEADERS = " union all ".join(
    f"({_LEAD.format(half_life=place, column=column, leaders=LEADERS)})"
    for place, column in enumerate(COLUMNS)
)
_ROWS = """
select scope, key, person_id, week, month, quarter, year, latest, answers, accepted from expertise_tally
where community_id = %s and (
    (scope, key) in (select * from unnest(%s::int[], %s::bigint[])) and person_id = any(%s)
    or scope = %s and key = any(%s) and person_id = %s
)
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

    def keep(self, person: int, logs: Sequence[float], latest: float) -> None:
        self._logs[person] = list(logs)[-len(self._half_lives) :]
        self.latest[person] = latest

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
        self._question = question
        self._brought: set[int] = set()
        self._themes = list(themes.with_broader(question.themes))
        self.exchanges = _Counted(evidence.questions)
        self.similar = StoredIndex(
            self._community, Text.QUESTION, documents=evidence.questions, words=evidence.question_words,
            ids=self._questions_at,
        )  # fmt: skip
        self.wording = StoredIndex(
            self._community, Text.ANSWER, documents=evidence.answers, words=evidence.answer_words,
            ids=self._answers_at,
        )  # fmt: skip
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
        self._read_last()
        self.bring({*self._read_leaders(), *question.mentions})

    @property
    def weights_of_themes(self) -> dict[int, float]:
        """How much each theme of the question weighs, the broader ones included (sum 1)."""
        return theme_weights(self, self._question)

    def knows(self, person: int) -> bool:
        if person not in self._brought:
            self.bring([person])
        return super().knows(person)

    def bring(self, people: Iterable[int]) -> None:
        """Have the rows of these people in every scope of the question: one query, for those not here yet."""
        missing = [person for person in dict.fromkeys(people) if person not in self._brought]
        if not missing:
            return
        self._brought.update(missing)
        scopes, keys = [scope for scope, _ in self._tallies], [key for _, key in self._tallies]
        with connection.cursor() as cursor:
            cursor.execute(
                _ROWS,
                [self._community, scopes, keys, missing, Scope.TO_ASKER, missing, self._asker],
            )
            for row in cursor.fetchall():
                self._keep(*row)

    def bring_recent(self, people: Collection[int], since: float) -> None:
        """Have what these people answered since then (UNIX seconds)."""
        self.bring(people)
        recent = Share.objects.filter(community=self._community, person__in=people, at__gte=since)
        for question, person in recent.order_by("at", "pk").values_list("exchange_id", "person_id"):
            self.answered.setdefault(person, []).append(question)
        self._bring_shares(
            {question for person in people for question in self.answered.setdefault(person, [])}
        )

    def _keep(
        self, scope: int, key: int, person: int, week: float, month: float, quarter: float, year: float,
        latest: float, answers: int, accepted: int,
    ) -> None:  # fmt: skip
        logs = (week, month, quarter, year)
        if scope == Scope.TO_ASKER and key != self._asker:
            helping = _Read(self, HALF_LIVES[-1:])
            self.to_asker[key] = helping
        else:
            helping = self._tallies[scope, key]
        helping.keep(person, logs, latest)
        if scope == Scope.OVERALL:
            self.records[person] = Record(answers, accepted)
        elif scope == Scope.THEME:
            self.by_theme[key] = helping
            self.theme_records.setdefault(key, {})[person] = Record(answers, accepted)
        elif scope == Scope.TO_ASKER and key == self._asker:
            self.to_asker[key] = helping
            self._helped[self._asker, person] = answers
        elif scope == Scope.TOGETHER:
            self.together[key] = helping

    def _read_leaders(self) -> set[int]:
        led = [(scope, key) for scope, key in self._tallies if scope in (Scope.OVERALL, Scope.THEME)]
        people: set[int] = set()
        with connection.cursor() as cursor:
            parameters: tuple[list[int], list[int], int] = (
                [scope for scope, _ in led],
                [key for _, key in led],
                self._community,
            )
            cursor.execute(_LEADERS, [*parameters] * len(COLUMNS))
            for scope, key, half_life, person in cursor.fetchall():
                self._tallies[scope, key].leading[half_life].append(person)
                people.add(person)
                if scope == Scope.THEME:
                    self.by_theme[key] = self._tallies[scope, key]
        helpers = StoredRow.objects.filter(community=self._community, scope=Scope.TO_ASKER, key=self._asker)
        to_asker = list(helpers.order_by("-year", "person").values_list("person_id", flat=True)[:LEADERS])
        self._tallies[Scope.TO_ASKER, self._asker].leading[0] = to_asker
        return people.union(to_asker)

    def _read_themes(self) -> None:
        for count in ThemeCount.objects.filter(theme__in=self._themes):
            self.questions_by_theme[count.theme_id] = count.questions
            self.last_by_theme[count.theme_id] = deque(count.last, maxlen=LAST_IN_THEME)

    def _read_last(self) -> None:
        latest = Share.objects.filter(community=self._community).order_by("-at", "-pk")
        self.last = deque(reversed(latest.values_list("person_id", flat=True)[:LAST]), maxlen=LAST)

    def _questions_at(self, positions: Sequence[int]) -> list[int]:
        """The questions at these positions, with who answered them."""
        found = dict(
            TextEntry.objects.filter(
                community=self._community, kind=Text.QUESTION, position__in=positions
            ).values_list("position", "object_id")
        )
        self._bring_shares(found.values())
        return [found[position] for position in positions]

    def _answers_at(self, positions: Sequence[int]) -> list[int]:
        """Places in `given` of the answers at these positions."""
        found = {
            position: (person, at)
            for position, person, at in TextEntry.objects.filter(
                community=self._community, kind=Text.ANSWER, position__in=positions
            ).values_list("position", "person_id", "at")
        }
        before = len(self.given)
        self.given += [found[position] for position in positions]
        return list(range(before, len(self.given)))

    def _bring_shares(self, questions: Iterable[int]) -> None:
        missing = [question for question in questions if question not in self.exchanges]
        if not missing:
            return
        for row in StoredExchange.objects.filter(pk__in=missing).values_list("pk", "asker_id", "asked_at"):
            self.exchanges[row[0]] = Exchange(AskedQuestion(*row))
        people = set()
        for share in Share.objects.filter(exchange__in=missing).order_by("at", "pk"):
            people.add(share.person_id)
            self.exchanges[share.exchange_id].answerers[share.person_id] = Part(
                share.at, share.replies, share.up, share.down, share.accepted
            )
        self.bring(people)
