"""Making few rows of the many in which conversations are counted by state."""

from __future__ import annotations

from django.db import connection

# What is not committed yet is not seen, and stays; a reader finds the rows before or those after, not both.
_FOLD = """
with folded as (
    delete from conversations_statecount
    where community_id in (
        select community_id from conversations_statecount group by 1 having count(*) > %s
    )
    returning community_id, state, n
)
insert into conversations_statecount (community_id, state, n)
select community_id, state, sum(n) from folded group by 1, 2 having sum(n) <> 0
"""
FEW = 20
"""Rows of a community that are left as they are."""


def fold_counts(few: int = FEW) -> None:
    """Of each community with more rows than `few`, one for each state. Counts stay what they were."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLD, [few])
