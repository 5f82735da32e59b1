"""How far members are in the courses that their communities have to do with, for whoever can help them.

Of a member who does not want it, nothing is told; of others, only where a community of theirs is tied to the
course, and only to rooms that ask for that community.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from ..models import CourseSilence
from .courses import name_of

if TYPE_CHECKING:
    from passeur.accounts.models import Member


@dataclass(frozen=True, slots=True)
class Learner:
    """A member in a course, for one community; `themes` are those of that community it is tied to.

    `failed` are moments of tries that came to nothing, in order.
    """

    community: int
    member: int
    course: int
    names: dict[str, str]
    iri: str
    themes: tuple[int, ...]
    begun_at: dt.datetime
    last_at: dt.datetime
    advanced_at: dt.datetime | None
    finished_at: dt.datetime | None
    failed: tuple[dt.datetime, ...]

    @property
    def name(self) -> str:
        """In the reader's language."""
        return name_of(self.names, self.iri)

    @property
    def failed_since(self) -> tuple[dt.datetime, ...]:
        """The failed tries since something was brought to its end."""
        return tuple(at for at in self.failed if self.advanced_at is None or at > self.advanced_at)

    def with_(self, other: Learner) -> Learner:
        """The same person, known in another way too."""
        advanced = [at for at in (self.advanced_at, other.advanced_at) if at]
        finished = [at for at in (self.finished_at, other.finished_at) if at]
        return replace(
            self,
            begun_at=min(self.begun_at, other.begun_at),
            last_at=max(self.last_at, other.last_at),
            advanced_at=max(advanced, default=None),
            finished_at=min(finished, default=None),
            failed=tuple(sorted({*self.failed, *other.failed})),
        )


_FOUND = """
SELECT one.community, coalesce(m.merged_into_id, m.id), c.id, c.name, c.iri, t.themes,
       l.begun_at, l.last_at, l.advanced_at, l.finished_at, l.failed
  FROM {pairs}
  JOIN records_course c ON c.id = l.course_id
  JOIN accounts_member m ON m.id = a.member_id
  JOIN LATERAL (
      SELECT array_remove(array_agg(coalesce(h.merged_into_id, h.id) ORDER BY h.id), NULL) AS themes
        FROM records_coursetie k LEFT JOIN skills_theme h ON h.id = k.theme_id
       WHERE k.course_id = c.id AND k.community_id = one.community
      HAVING count(*) > 0
  ) t ON true
 WHERE NOT EXISTS (SELECT FROM records_coursesilence s WHERE s.member_id = a.member_id)
 ORDER BY 1, 2, 3, l.id
"""
_OF_MEMBERS = _FOUND.format(
    pairs="""unnest(%s::bigint[], %s::bigint[]) AS one (community, member)
  JOIN records_agent a ON a.member_id = one.member
  JOIN records_learning l ON l.agent = a.key"""
)
_OF_COURSES = _FOUND.format(
    pairs="""unnest(%s::bigint[], %s::bigint[]) AS one (community, course)
  JOIN records_learning l ON l.course_id = one.course
  JOIN records_agent a ON a.key = l.agent
  JOIN communities_membership b
    ON b.member_id = a.member_id AND b.community_id = one.community AND b.left_at IS NULL"""
)


def of_members(places: Iterable[tuple[int, int]]) -> list[Learner]:
    """Of each (community, member), the courses tied to that community that they are in. One query."""
    return _learners(_OF_MEMBERS, places)


def of_courses(places: Iterable[tuple[int, int]]) -> list[Learner]:
    """Of each (community, course), those who belong there and are in it. One query."""
    return _learners(_OF_COURSES, places)


def _learners(sql: str, places: Iterable[tuple[int, int]]) -> list[Learner]:
    some = sorted(set(places))
    if not some:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, [[place[0] for place in some], [place[1] for place in some]])
        rows = cursor.fetchall()
    found: dict[tuple[int, int, int], Learner] = {}
    for row in rows:
        one = _learner(row)
        before = found.get((one.community, one.member, one.course))
        found[one.community, one.member, one.course] = before.with_(one) if before else one
    return list(found.values())


def _learner(row: Sequence[Any]) -> Learner:
    community, member, course, names, iri, themes, *moments, failed = row
    begun, last, advanced, finished = moments
    return Learner(
        community, member, course, _names(names), iri, tuple(dict.fromkeys(themes)),
        begun, last, advanced, finished, tuple(failed),
    )  # fmt: skip


def _names(told: dict[str, str] | str) -> dict[str, str]:
    """A cursor gives JSON as words."""
    read: dict[str, str] = json.loads(told) if isinstance(told, str) else told
    return read


_PLACES = """
SELECT DISTINCT t.community_id, a.member_id, l.course_id
  FROM records_learning l
  JOIN records_agent a ON a.key = l.agent
  JOIN records_coursetie t ON t.course_id = l.course_id
 WHERE {where}
"""


def places_of_agents(agents: Sequence[str]) -> list[tuple[int, int | None, int]]:
    """(community, member, course) wherever these agents learn something a community has to do with."""
    return _places("l.agent = ANY(%s::uuid[])", [list(agents)])


def places_of_members(members: Sequence[int]) -> list[tuple[int, int | None, int]]:
    """The same of members, by any way they are known."""
    return _places("a.member_id = ANY(%s::bigint[])", [list(members)])


def learners_of(course: int) -> list[int]:
    """The members who are in a course, wherever they belong."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT a.member_id FROM records_learning l JOIN records_agent a ON a.key = l.agent"
            " WHERE l.course_id = %s AND a.member_id IS NOT NULL",
            [course],
        )
        return [row[0] for row in cursor.fetchall()]


def _places(where: str, values: list[list[str] | list[int]]) -> list[tuple[int, int | None, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_PLACES.format(where=where), values)
        return list(cursor.fetchall())


_MINE = """
SELECT c.name, c.iri, min(l.begun_at), min(l.finished_at), bool_or(EXISTS (
           SELECT FROM records_coursetie t WHERE t.course_id = c.id
       ))
  FROM records_learning l JOIN records_course c ON c.id = l.course_id
 WHERE l.agent = ANY(%s::uuid[]) GROUP BY c.id, c.name, c.iri ORDER BY min(l.begun_at) DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Mine:
    """A course as the person in it is told: since when, until when, whether a community uses it."""

    name: str
    iri: str
    begun_at: dt.datetime
    finished_at: dt.datetime | None
    is_used: bool


def mine(agents: Sequence[UUID], *, most: int) -> list[Mine]:
    """The courses of somebody, by all the keys that stand for them; those begun last first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_MINE, [list(agents), most])
        return [
            Mine(name_of(_names(names), iri), iri, begun, finished, used)
            for names, iri, begun, finished, used in cursor.fetchall()
        ]


def may_help(member: Member) -> bool:
    """Whether the member's courses may be used to help them."""
    return not CourseSilence.objects.filter(member=member).exists()


def silent_among(members: Iterable[int]) -> set[int]:
    """Those of these members who do not want what they learn to be acted upon. One query."""
    return set(CourseSilence.objects.filter(member__in=list(members)).values_list("member", flat=True))
