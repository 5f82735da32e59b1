"""All that is stored about the people around one question, in one statement.

Columns come as they are sent (`array_send`), one row a scope: of some 300 people in ten scopes, no number
becomes an object of Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from passeur.algorithms.routing.candidates import LEADING
from passeur.foundation import arrays, lasting
from passeur.foundation.arrays import array

from ..choices import STANDING, Scope, Text

COLUMNS = ("week", "month", "quarter", "year")
LAST = 50

Place = tuple[int, int]
"""(scope, key)."""
Keys = NDArray[np.int64]
Numbers = NDArray[np.float64]

_ALL, _LED = " and scope in (1, 2)", {"year": ""}
"""The index of each half-life holds these scopes, that of a year all: said of a year, another one is read."""
_LEAD = """
array(
    select person_id from expertise_tally
    where community_id = %(community)s::bigint and scope = s.scope and key = s.key{led}
    order by {column} desc, person_id limit {leading}
) as {column}
"""
# The people are looked for once. What each of them shows in all these scopes stands side by side in the index
# `tally_standing`, where they are looked up (`offset 0`: one by one, whatever the planner thinks of how many
# there are). Of the asker's own scopes, which hold whom they have met, all is read along an index.
_GROUND = """
with led as materialized (
    select s.scope, s.key, {leads}
    from unnest(%(led)s::smallint[], %(led_keys)s::bigint[]) as s(scope, key)
), helpers as materialized (
    select person_id, year, answers from expertise_tally
    where community_id = %(community)s::bigint and scope = {to_asker} and key = %(asker)s::bigint
), found as materialized (
    select position, exchange_id, object_id, person_id, at from expertise_textentry
    where community_id = %(community)s::bigint and kind = {question}
        and position = any(%(questions)s::int[])
), parts as materialized (
    select f.position, s.person_id, s.at, s.replies, s.up, s.down, s.accepted, s.id
    from found f join expertise_share s on s.exchange_id = f.exchange_id
), people as materialized (
    select array_agg(distinct who) as who from (
        select unnest(week || month || quarter || year) from led
        union all (select person_id from helpers order by year desc, person_id limit {leading})
        union all select person_id from parts
        union all select unnest(%(others)s::bigint[])
    ) around(who)
)
select 'people', 0, 0::bigint, array_send(who), {nothing} from people
union all
select 'led', scope, key, array_send(week), array_send(month), array_send(quarter), array_send(year),
    null, null, null, null
from led
union all
select 'last', 0, 0, array_send(array(
    select person_id from expertise_share where community_id = %(community)s::bigint
    order by at desc, id desc limit {last}
)), null, null, null, null, null, null, null
union all
select 'questions', 0, 0, array_send(array_agg(position::bigint)), array_send(array_agg(object_id)),
    array_send(array_agg(person_id)), array_send(array_agg(at)), null, null, null, null
from found
union all
select 'parts', 0, 0, array_send(array_agg(position::bigint)), array_send(array_agg(person_id)),
    array_send(array_agg(at)), array_send(array_agg(replies::bigint)), array_send(array_agg(up::bigint)),
    array_send(array_agg(down::bigint)), array_send(array_agg(accepted::int::bigint)), null
from (select * from parts order by at, id) parts
union all
select 'answers', 0, 0, array_send(array_agg(position::bigint)), array_send(array_agg(person_id)),
    array_send(array_agg(at)), null, null, null, null, null
from expertise_textentry
where community_id = %(community)s::bigint and kind = {answer} and position = any(%(answers)s::int[])
union all
select 'standing', 0, 0, array_send(array_agg(case scope when {theme} then key else -scope end)),
    array_send(array_agg(person_id)),
    array_send(array_agg(case scope when {replies} then week else month end)), array_send(array_agg(quarter)),
    array_send(array_agg(year)), array_send(array_agg(latest)), array_send(array_agg(answers::bigint)),
    array_send(array_agg(accepted::bigint))
from people cross join lateral unnest(who) as one(person) cross join lateral (
    select * from expertise_tally
    where community_id = %(community)s::bigint and person_id = one.person
        and key = any(%(keys)s::bigint[]) and scope in ({standing})
    offset 0
) t
union all
select 'helpers', 0, 0, array_send(array_agg(person_id)), array_send(array_agg(year)),
    array_send(array_agg(answers::bigint)), null, null, null, null, null
from (select * from helpers order by year desc, person_id) helpers
union all
select 'together', 0, 0, array_send(array_agg(person_id)), array_send(array_agg(year)),
    null, null, null, null, null, null
from expertise_tally
where community_id = %(community)s::bigint and scope = {together} and key = %(asker)s::bigint
union all
select 'helped', 0, 0, array_send(array_agg(key)), array_send(array_agg(year)),
    null, null, null, null, null, null
from expertise_tally
where community_id = %(community)s::bigint and scope = {to_asker} and person_id = %(asker)s::bigint
    and key <> %(asker)s::bigint
""".format(  # noqa: S608 - names of columns and numbers of ours
    leads=", ".join(
        _LEAD.format(column=column, led=_LED.get(column, _ALL), leading=LEADING) for column in COLUMNS
    ),
    nothing=", ".join(["null::bytea"] * 7),
    leading=LEADING,
    last=LAST,
    theme=int(Scope.THEME),
    replies=int(Scope.REPLIES),
    standing=", ".join(str(int(scope)) for scope in STANDING),
    to_asker=int(Scope.TO_ASKER),
    together=int(Scope.TOGETHER),
    question=int(Text.QUESTION),
    answer=int(Text.ANSWER),
)


Said = Mapping[tuple[str, int, int], Sequence[bytes | None]]


class Ground:
    """What was read. `people` rise; whatever speaks of them goes by their place among them."""

    def __init__(self, said: Said) -> None:
        self._said = said
        self.people: Keys = arrays.column(said["people", 0, 0][0])
        row = said["standing", 0, 0]
        whole, fading = arrays.column, arrays.floats
        kinds = (whole, whole, fading, fading, fading, fading, whole, whole)
        self._columns: list[Any] = [kind(sent) for kind, sent in zip(kinds, row, strict=True)]
        self.last = self._keys("last", 0)
        """Who gave the community's last answers, the latest first."""

    def _keys(self, what: str, *columns: int) -> Any:
        """That column of what was said; of several, a list of lists."""
        row = self._said[what, 0, 0]
        found = [arrays.column(row[column]).tolist() for column in columns]
        return found if len(columns) > 1 else found[0]

    def leading(self, place: Place) -> list[list[int]]:
        """Who leads a scope, at each half-life, best first."""
        return [arrays.column(column).tolist() for column in self._said["led", *place][:4]]

    def helpers(self) -> list[int]:
        """Who helped the asker most, best first."""
        leading: list[int] = self._keys("helpers", 0)
        return leading[:LEADING]

    def questions(self) -> list[tuple[int, int, int, float]]:
        """(position, question, who asked, when)."""
        return list(zip(*self._keys("questions", 0, 1, 2), self._times("questions", 3), strict=True))

    def answers(self) -> list[tuple[int, int, float]]:
        """(position, who answered, when)."""
        return list(zip(*self._keys("answers", 0, 1), self._times("answers", 2), strict=True))

    def parts(self) -> list[tuple[int, int, float, int, int, int, int]]:
        """(position of the question, person, when, replies, votes for, against, accepted), oldest first."""
        positions, people, replies, up, down, accepted = self._keys("parts", 0, 1, 3, 4, 5, 6)
        times = self._times("parts", 2)
        return list(zip(positions, people, times, replies, up, down, accepted, strict=True))

    def standing(self, place: Place) -> Rows | None:
        """What the people have shown in one scope; None where it holds none of them.

        Of replies only the sums that fade over a week are there, of questions those over a month.
        """
        scope, key = place
        places, people, *columns = self._columns
        some = np.flatnonzero(places == (key if scope == Scope.THEME else -scope))
        if not len(some):
            return None
        where = np.searchsorted(self.people, people[some])
        first, quarter, year, *others = (column[some] for column in columns)
        logs = np.full((len(self.people), len(COLUMNS)), -np.inf)
        logs[where, 0 if scope == Scope.REPLIES else 1] = first
        if scope in (Scope.OVERALL, Scope.THEME):
            logs[where, 2], logs[where, 3] = quarter, year
        return Rows(where, logs, *others)

    def met(self, what: str) -> Rows | None:
        """The same of whom the asker has met, over a year: of helpers, also in how many exchanges."""
        row = self._said[what, 0, 0]
        some, year, answers = arrays.column(row[0]), arrays.floats(row[1]), arrays.column(row[2])
        where = np.searchsorted(self.people, some)
        where[where == len(self.people)] = 0
        mine = self.people[where] == some
        logs = np.full((len(self.people), 1), -np.inf)
        logs[where[mine], 0] = year[mine]
        return (
            Rows(where[mine], logs, answers=answers[mine] if len(answers) else answers) if len(some) else None
        )

    def _times(self, what: str, column: int) -> list[float]:
        times: list[float] = arrays.floats(self._said[what, 0, 0][column]).tolist()
        return times


@dataclass(frozen=True, slots=True)
class Rows:
    """What a scope holds of the people around: logs (person, column), and of those in it, whose places among
    the people are `where`, when they did something last and how many of their answers count.
    """

    where: NDArray[np.intp]
    logs: Numbers
    latest: Numbers = field(default_factory=lambda: np.empty(0))
    answers: Keys = field(default_factory=lambda: np.empty(0, np.int64))
    accepted: Keys = field(default_factory=lambda: np.empty(0, np.int64))

    def moments(self) -> Numbers:
        """`latest` of each of the people; 0 for who is not in the scope."""
        found = np.zeros(len(self.logs))
        found[self.where] = self.latest
        return found


def ground(
    community: int,
    asker: int,
    others: Iterable[int],
    *,
    led: Sequence[Place],
    questions: Sequence[int],
    answers: Sequence[int],
) -> Ground:
    """What is stored of the people around a question: who leads in the scopes `led`, who took part in
    `questions`, who helped the asker, and `others`; and whose the `answers` are. Texts go by their position.
    """
    values = {
        "community": community,
        "asker": asker,
        "others": array(others),
        "led": array(scope for scope, _ in led),
        "led_keys": array(key for _, key in led),
        "keys": array({0, *(key for _, key in led)}),
        "questions": array(questions),
        "answers": array(answers),
    }
    rows = lasting.fetched(_GROUND, values, is_binary=True)
    return Ground({(what, scope, key): columns for what, scope, key, *columns in rows})
