"""What a community has shown, as the ranker reads it: only the scopes of one question, from the database.

The signals and weights are those of the replay in memory; this gives them the same numbers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from passeur.algorithms.routing.evidence import AskedQuestion, Themes
from passeur.algorithms.routing.history import Exchange, History, Record, Resembling
from passeur.algorithms.routing.history import Share as Part
from passeur.algorithms.routing.tally import HALF_LIVES, LEADERS, Tally
from passeur.foundation import lasting
from passeur.foundation.arrays import array

from ..choices import Scope
from .ground import COLUMNS, LAST, Ground, Place, Rows, ground
from .known import Known
from .words import read_together

__all__ = ["COLUMNS", "LAST_IN_THEME", "StoredHistory"]

LAST_IN_THEME = 20

_TITLES = "select id, title from conversations_conversation where id = any(%(ids)s::bigint[]) and title <> ''"
_TOLD = f"""
select person_id, count(*), count(*) filter (where accepted), null from expertise_share
where community_id = %(community)s::bigint and person_id = any(%(people)s::bigint[])
    and at >= %(since)s::double precision
group by person_id
union all
select id, null, null, title from ({_TITLES}) titles
"""  # noqa: S608 - texts of ours


class _Counted(dict[int, Exchange]):
    """The exchanges that were read, of the many there are."""

    def __init__(self, total: int) -> None:
        super().__init__()
        self._all = total

    def __len__(self) -> int:
        return self._all


class _Read(Tally):
    """A tally of which the rows of the people around the question are in memory, side by side."""

    __slots__ = ("_moments", "_places", "leading", "rows")

    def __init__(
        self, places: _Places, rows: Rows | None, half_lives: tuple[float, ...] = HALF_LIVES
    ) -> None:
        super().__init__(half_lives)
        self._places, self.rows = places, rows
        self.leading: list[list[int]] = [[] for _ in half_lives]
        self._moments: NDArray[np.float64] | None = None

    def keep_totals(self, logs: Sequence[float]) -> None:
        self._total = list(logs)

    def leaders(self, half_life: int, limit: int = LEADERS) -> list[int]:
        return self.leading[half_life][:limit]

    def read(self, people: Sequence[int], now: float) -> NDArray[np.float64]:
        if self.rows is None:
            return np.zeros((len(people), len(self._half_lives)))
        logs = self.rows.logs[self._places.of(people)]
        counts: NDArray[np.float64] = np.exp2(logs - now / np.array(self._half_lives))
        return counts

    def latest_of(self, people: Sequence[int]) -> NDArray[np.float64]:
        if self.rows is None:
            return np.zeros(len(people))
        if self._moments is None:
            self._moments = self.rows.moments()
        return self._moments[self._places.of(people)]


class _Places:
    """Where people stand among those around the question; the same list of them is asked for many times."""

    def __init__(self, people: NDArray[np.int64]) -> None:
        self._people = people
        self._asked: Sequence[int] = []
        self._found = np.empty(0, np.intp)

    def of(self, people: Sequence[int]) -> NDArray[np.intp]:
        if people is not self._asked:
            self._asked, self._found = people, np.searchsorted(self._people, people)
        return self._found


class StoredHistory(History):
    """The history of one community as far as one question goes.

    `resembling` reads: before it, nothing is known of anybody.
    """

    def __init__(
        self, known: Known, question: AskedQuestion, terms: Mapping[str, float], themes: Themes
    ) -> None:
        super().__init__(themes)
        self._known, self._question, self._terms = known, question, terms
        self._recent: dict[int, Record] = {}
        self._led: list[Place] = [
            (Scope.OVERALL, 0),
            *((Scope.THEME, theme) for theme in themes.with_broader(question.themes)),
        ]
        self.exchanges = _Counted(known.questions)
        self.names_of_themes: dict[int, str] = {}
        self.titles: dict[int, str] = {}
        """Of the questions that reasons may name, once they were brought."""
        for theme, of_theme in known.themes.items():
            self.questions_by_theme[theme] = of_theme.questions
            self.last_by_theme[theme] = deque(of_theme.last, maxlen=LAST_IN_THEME)
            self.names_of_themes[theme] = of_theme.name

    def terms_of(self, question: AskedQuestion) -> Mapping[str, float]:
        """Those of the question that this is about."""
        return self._terms

    def resembling(self, terms: Mapping[str, float], questions: int, answers: int) -> Resembling:
        """The same for the words of the question; and everything is read of the people around it."""
        similar, wording = self._known.similar, self._known.wording
        read_together(self._known.community, (similar, wording))
        found, worded = similar.best(questions), wording.best(answers)
        asker = self._question.asker
        read = ground(
            self._known.community,
            asker,
            {asker, *self._question.mentions},
            led=self._led,
            questions=[position for position, _ in found],
            answers=[position for position, _ in worded],
        )
        asked = self._have_exchanges(read)
        given = self._have_answers(read)
        self._have_tallies(read)
        self._have_ties(read)
        return Resembling(
            [(asked[position], score) for position, score in found],
            [(given[position], score) for position, score in worded],
            similar.ceiling(terms),
        )

    def _have_exchanges(self, read: Ground) -> dict[int, int]:
        """The questions that were found, with who answered them; by position."""
        asked = {}
        for position, question, asker, at in read.questions():
            asked[position] = question
            self.exchanges[question] = Exchange(AskedQuestion(question, asker, at))
        for position, person, at, replies, up, down, accepted in read.parts():
            part = Part(at, replies, up, down, bool(accepted))
            self.exchanges[asked[position]].answerers[person] = part
        return asked

    def _have_answers(self, read: Ground) -> dict[int, int]:
        """Who gave the answers that were found; their places in `given`, by position."""
        places = {}
        for position, person, at in read.answers():
            places[position] = len(self.given)
            self.given.append((person, at))
        return places

    def _have_tallies(self, read: Ground) -> None:
        places = _Places(read.people)
        self._people = read.people.tolist()
        for place in self._led:
            rows = read.standing(place)
            tally = _Read(places, rows)
            tally.leading = read.leading(place)
            if place[0] == Scope.OVERALL:
                self.overall = tally
                tally.keep_totals(self._known.totals)
                self.records = self._records(rows)
            elif rows is not None:
                self.by_theme[place[1]] = tally
        self.replies = _Read(places, read.standing((Scope.REPLIES, 0)))
        self.asking = _Read(places, read.standing((Scope.ASKING, 0)))
        self.last = deque(reversed(read.last), maxlen=LAST)

    def _have_ties(self, read: Ground) -> None:
        """Who helped the asker and answered with them, and whom the asker helped."""
        asker, places = self._question.asker, _Places(read.people)
        helpers = read.met("helpers")
        if helpers is not None:
            tally = self.to_asker[asker] = _Read(places, helpers, HALF_LIVES[-1:])
            tally.leading = [read.helpers()]
            counted = zip(helpers.where.tolist(), helpers.answers.tolist(), strict=True)
            self._helped = {(asker, self._people[at]): answers for at, answers in counted}
        together = read.met("together")
        if together is not None:
            self.together[asker] = _Read(places, together, HALF_LIVES[-1:])
        self._helped_by = _Read(places, read.met("helped"), HALF_LIVES[-1:])

    def helped_by(self, asker: int, people: Sequence[int], now: float) -> NDArray[np.float64]:
        return self._helped_by.read(people, now)[:, 0]

    def _records(self, rows: Rows | None) -> dict[int, Record]:
        """By person in a scope, what they answered in it."""
        if rows is None:
            return {}
        counts = (rows.where.tolist(), rows.answers.tolist(), rows.accepted.tolist())
        return {
            self._people[at]: Record(answers, accepted) for at, answers, accepted in zip(*counts, strict=True)
        }

    def bring_reasons(self, people: Collection[int], questions: Collection[int], since: float) -> None:
        """Have what reasons say of these people: of the themes, what they answered since then, and the titles
        of these questions.
        """
        some = set(people)
        for theme, tally in self.by_theme.items():
            records = self._records(tally.rows) if isinstance(tally, _Read) else {}
            self.theme_records[theme] = {person: records[person] for person in some & records.keys()}
        values = {
            "community": self._known.community,
            "people": array(people),
            "since": since,
            "ids": array(questions),
        }
        for key, answers, accepted, title in lasting.fetched(_TOLD, values, is_binary=True):
            if title is None:
                self._recent[key] = Record(answers, accepted)
            else:
                self.titles[key] = title

    def since(self, person: int, at: float) -> Record:
        """As it was brought."""
        return self._recent.get(person, Record())


def titles_of(questions: Collection[int]) -> dict[int, str]:
    """Of the questions that have one."""
    return dict(lasting.fetched(_TITLES, {"ids": array(questions)})) if questions else {}
