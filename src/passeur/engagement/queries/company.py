"""Whether somebody who takes part has company: seen over all communities and platforms, one person at a time.

For those who animate a community of theirs, to help; it is no figure and stands in none. Of a member who does
not want it, nothing is told; of one who keeps their courses to themself, nothing that was done elsewhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

from passeur.records.queries import learning

from ..choices import Act
from ..models import CompanySilence

if TYPE_CHECKING:
    from passeur.accounts.models import Member

KEPT = 130
"""Days that are looked at: what is older can decide nothing any more."""


@dataclass(frozen=True, slots=True)
class Company:
    """Of one member: the days on which they did something, rising; the last on which somebody replied."""

    active: tuple[dt.date, ...] = ()
    replied_on: dt.date | None = None


# One's own bit is that of all one's actors. What one is replied counts wherever it was.
_COMPANY = """
WITH one AS (
    SELECT DISTINCT g.member, a.id AS actor, a.bit
      FROM unnest(%(members)s::bigint[]) AS g (member)
      JOIN engagement_actor x ON x.member_id = g.member
      JOIN engagement_actor a ON a.bit = x.bit
     WHERE NOT EXISTS (SELECT FROM engagement_companysilence s WHERE s.member_id = g.member)
), did AS (
    SELECT o.member, array_agg(DISTINCT t.day ORDER BY t.day) AS days
      FROM one o
      JOIN engagement_tally t ON t.actor = o.actor AND t.day >= %(since)s
      JOIN engagement_word v ON v.id = t.verb
     WHERE CASE WHEN v.is_own THEN v.act > %(nothing)s ELSE o.member <> ALL(%(silent)s::bigint[]) END
     GROUP BY o.member
)
SELECT d.member, d.days, (
           SELECT max(t.day) FROM one o
             JOIN engagement_tie t ON t.target = o.actor
             JOIN engagement_actor s ON s.id = t.source AND s.bit <> o.bit
             LEFT JOIN accounts_member m ON m.id = s.member_id
            WHERE o.member = d.member AND NOT coalesce(m.is_machine, false)
       )
  FROM did d
"""
_LATELY = """
SELECT DISTINCT b.member_id
  FROM communities_membership b
  JOIN engagement_actor x ON x.member_id = b.member_id
  JOIN engagement_actor a ON a.bit = x.bit
 WHERE b.community_id = %s AND b.left_at IS NULL
   AND EXISTS (SELECT FROM engagement_tally t WHERE t.actor = a.id AND t.day >= %s)
   AND NOT EXISTS (SELECT FROM engagement_companysilence s WHERE s.member_id = b.member_id)
"""


def company(members: Iterable[int], today: dt.date) -> dict[int, Company]:
    """By member, for those who did something of late and let it be seen. Two queries, however many."""
    wanted = sorted(set(members))
    if not wanted:
        return {}
    values: dict[str, Any] = {
        "members": wanted,
        "silent": sorted(learning.silent_among(wanted)),
        "since": today - dt.timedelta(days=KEPT),
        "nothing": Act.NOTHING.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COMPANY, values)
        return {member: Company(tuple(days), replied) for member, days, replied in cursor.fetchall()}


def active_in(community: int, since: dt.date) -> list[int]:
    """Members of a community who did something since that day, wherever it was. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_LATELY, [community, since])
        return [row[0] for row in cursor.fetchall()]


def unseen_among(members: Iterable[int]) -> set[int]:
    """Those of these members of whom nobody may see that nobody exchanges with them. One query."""
    wanted = CompanySilence.objects.filter(member__in=set(members))
    return set(wanted.values_list("member", flat=True))


def may_see_company(member: Member) -> bool:
    """Whether the member lets it be seen that nobody exchanges with them."""
    return not CompanySilence.objects.filter(member=member).exists()
