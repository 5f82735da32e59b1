"""Whose actor is whose, and of whom a community and its teams are made in a week."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from passeur.communities.choices import Role
from passeur.foundation.arrays import Column
from passeur.records import protocols as records

from ..models import Actor, Population
from ..policies import SMALLEST, SMALLEST_FOR_MANAGERS
from . import columns, company, responding

# Who an actor is: our own accounts by their number, others by what the store knows of them.
_MEMBER = "coalesce(r.member_id, m.id)"
_KNOWN = """
records_agent r LEFT JOIN accounts_member m ON m.id =
    CASE WHEN r.kind = 'account' AND r.home = %s AND r.value ~ '^[0-9]{1,18}$' THEN r.value::bigint END
"""
_RESOLVE = f"""
UPDATE engagement_actor a SET member_id = found.member
  FROM (
    SELECT e.id, e.member_id AS before, {_MEMBER} AS member
      FROM engagement_actor e JOIN ({_KNOWN}) ON r.key = e.key
  ) AS found
 WHERE found.id = a.id AND found.member IS DISTINCT FROM found.before
RETURNING a.id, found.before
"""  # noqa: S608
# Who did nothing of late, and was replied to by nobody, is not worth a word.
_LATELY = """
SELECT a.id FROM engagement_actor a
 WHERE a.id = ANY(%(actors)s::int[])
   AND EXISTS (SELECT FROM engagement_tally t WHERE t.actor = a.id AND t.day >= %(since)s)
"""
# One bit a person: merged members are followed to whom they are.
_BITS = """
WITH RECURSIVE way (id, at) AS (
    SELECT id, merged_into_id FROM accounts_member WHERE merged_into_id IS NOT NULL
    UNION
    SELECT w.id, m.merged_into_id FROM way w JOIN accounts_member m ON m.id = w.at
     WHERE m.merged_into_id IS NOT NULL
), merged AS (
    SELECT w.id, w.at FROM way w JOIN accounts_member m ON m.id = w.at WHERE m.merged_into_id IS NULL
), person AS (
    SELECT a.id, a.bit, coalesce(g.at, a.member_id) AS person
      FROM engagement_actor a LEFT JOIN merged g ON g.id = a.member_id
), wanted AS (
    SELECT p.id, p.bit AS before, coalesce(f.bit, p.id) AS bit
      FROM person p
      LEFT JOIN (SELECT person, min(id) AS bit FROM person GROUP BY person) f ON f.person = p.person
), changed AS (
    UPDATE engagement_actor a SET bit = w.bit FROM wanted w WHERE w.id = a.id AND w.bit <> w.before
    RETURNING a.id
), marked AS (
    INSERT INTO engagement_dirty (community, day)
    SELECT DISTINCT s.community, t.day FROM changed c
      JOIN engagement_tally t ON t.actor = c.id
      JOIN engagement_place p ON p.id = t.place
      JOIN engagement_scope s ON s.id = ANY(p.scopes)
    ON CONFLICT DO NOTHING
)
SELECT id FROM changed
"""
_MEET_KEYS = f"""
INSERT INTO engagement_actor (id, key, member_id, bit)
SELECT new.number, new.key, new.member, new.number FROM (
    SELECT nextval((SELECT pg_get_serial_sequence('engagement_actor', 'id')::regclass)) AS number,
           g.key, {_MEMBER} AS member
      FROM engagement_met g LEFT JOIN {_KNOWN} ON r.key = g.key
) AS new
ON CONFLICT (key) DO NOTHING
"""  # noqa: S608
_MEET = """
INSERT INTO engagement_actor (key, member_id, bit)
SELECT given.key, given.member, 0 FROM unnest(%s::uuid[], %s::bigint[]) AS given (key, member)
ON CONFLICT (key) DO NOTHING
"""
# The first of a person's numbers is their bit; until `resolve` finds another, one's own.
_OWN_BIT = "UPDATE engagement_actor SET bit = id WHERE bit = 0"
_BELONGING = """
SELECT s.community_id, m.team, a.bit
  FROM communities_membership s
  JOIN accounts_member m ON m.id = s.member_id
  LEFT JOIN LATERAL (
      SELECT min(bit) AS bit FROM engagement_actor x WHERE x.member_id = m.id
  ) a ON true
 WHERE s.left_at IS NULL AND s.role <> %s AND NOT m.is_machine AND m.erased_at IS NULL
   AND m.merged_into_id IS NULL AND m.is_active
"""


def resolve() -> None:
    """Look again who each actor is; the days of those who are somebody else now are to be made again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_RESOLVE, [records.home()])
        somebody_else = cursor.fetchall()
        cursor.execute(_BITS)
        changed = [row[0] for row in cursor.fetchall()]
        actors = sorted({*changed, *(actor for actor, _ in somebody_else)})
        if actors:
            cursor.execute(_LATELY, {"actors": actors, "since": company.since()})
            lately = {row[0] for row in cursor.fetchall()}
            company.announce(
                lately, {before for actor, before in somebody_else if before and actor in lately}
            )
        responding.mark_askers(changed)


def meet_keys(keys: Column) -> None:
    """Somebody for each of these keys of the store, who was not met before."""
    order = np.lexsort((keys[:, 1].view(np.uint64), keys[:, 0].view(np.uint64)))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS engagement_met")
        cursor.execute("CREATE TEMPORARY TABLE engagement_met (key uuid) ON COMMIT DROP")
        columns.write("engagement_met", {"key": (16, keys[order])})
        cursor.execute("ANALYZE engagement_met")
        cursor.execute(_MEET_KEYS, [records.home()])


def meet(members: Iterable[int]) -> dict[int, int]:
    """The actor that stands for each member in our own statements; made where there is none."""
    keys = {records.key_of_member(number): number for number in sorted(set(members))}
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_MEET, [list(keys), list(keys.values())])
        cursor.execute(_OWN_BIT)
    return {keys[key]: number for key, number in Actor.objects.filter(key__in=keys).values_list("key", "pk")}


def monday(day: dt.date) -> dt.date:
    """The first day of the week."""
    return day - dt.timedelta(days=day.weekday())


def freeze(today: dt.date | None = None) -> None:
    """Write down of whom communities and their teams are made this week; done again, it leaves that alone.

    A community that is too small for any figure is written anew whenever it changed. In another, newcomers
    wait for Monday, unless ten or more came: then they come in, and into each team that gets ten of them.
    """
    week = monday(today or timezone.localdate())
    last: dict[int, dict[str, Population]] = defaultdict(dict)
    for one in Population.objects.order_by("community", "team", "-since").distinct("community", "team"):
        last[one.community][one.team] = one
    now = _groups()
    for community in {*now, *last}:
        before, groups = last.get(community, {}), now.get(community, {})
        whole = before.get("")
        if whole is None or whole.size < SMALLEST or whole.since < week:
            _write(community, week, groups, before)
        else:
            _let_in(whole, groups, before)


def _write(
    community: int, week: dt.date, groups: Mapping[str, int], before: Mapping[str, Population]
) -> None:
    Population.objects.filter(community=community, since=week).delete()
    Population.objects.bulk_create(
        Population(community=community, team=team, since=week, bits=packed(bits), size=bits.bit_count())
        for team in sorted({*groups, *before})
        if (bits := groups.get(team, 0))
        != (_bits(before.get(team)) if _is_older(before.get(team), week) else 0)
    )


def _let_in(whole: Population, groups: Mapping[str, int], before: Mapping[str, Population]) -> None:
    came = groups.get("", 0) & ~_bits(whole)
    for team in ["", *(team for team in groups if team)]:
        more = groups.get(team, 0) & came
        if more.bit_count() < SMALLEST_FOR_MANAGERS or came.bit_count() < SMALLEST_FOR_MANAGERS:
            continue
        bits = _bits(before.get(team)) | more
        Population.objects.update_or_create(
            community=whole.community,
            team=team,
            since=whole.since,
            defaults={"bits": packed(bits), "size": bits.bit_count()},
        )


def _bits(row: Population | None) -> int:
    return int.from_bytes(bytes(row.bits), "little") if row else 0


def _is_older(row: Population | None, week: dt.date) -> bool:
    return row is not None and row.since < week


def _groups() -> dict[int, dict[str, int]]:
    """By community, the bitmap of it ("") and of each team in it, as they are now."""
    members = _without_actor()
    if members:
        meet(members)
        resolve()
    with connection.cursor() as cursor:
        cursor.execute(_BELONGING, [Role.LCM])
        rows = cursor.fetchall()
    bits: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for community, team, bit in rows:
        bits[community][""].append(bit)
        if team:
            bits[community][team].append(bit)
    return {
        community: {team: bitmap(some) for team, some in groups.items()} for community, groups in bits.items()
    }


def _without_actor() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT s.member_id FROM communities_membership s WHERE s.left_at IS NULL"
            " AND NOT EXISTS (SELECT FROM engagement_actor a WHERE a.member_id = s.member_id)"
        )
        return [row[0] for row in cursor.fetchall()]


def bitmap(bits: Iterable[int]) -> int:
    """The integer with these bits."""
    places = list(bits)
    if not places:
        return 0
    raw = bytearray(max(places) // 8 + 1)
    for place in places:
        raw[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(raw, "little")


def packed(bits: int) -> bytes:
    """A bitmap as it is kept."""
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")
