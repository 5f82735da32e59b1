"""What was counted of one person: for that person only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db import connection

from ..models import Actor

if TYPE_CHECKING:
    from passeur.accounts.models import Member

_MINE = """
SELECT t.day, v.iri AS verb, coalesce(k.iri, '') AS kind, sum(t.statements) AS statements
  FROM engagement_actor a
  JOIN engagement_tally t ON t.actor = a.id
  JOIN engagement_word v ON v.id = t.verb
  LEFT JOIN engagement_word k ON k.id = t.kind
 WHERE a.member_id = %s
 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""


def is_counted(member: Member) -> bool:
    """Whether anything was counted of the member."""
    return Actor.objects.filter(member=member).exists()


def counted(member: Member) -> Iterator[Any]:
    """By day, verb and kind of thing, how often the member did something."""
    with connection.cursor() as cursor:
        cursor.execute(_MINE, [member.pk])
        for day, verb, kind, statements in cursor.fetchall():
            yield {"day": day, "verb": verb, "kind": kind, "statements": statements}
