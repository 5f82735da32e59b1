"""A large archive, a part at a time: so many threads with everything that belongs to them, then the next."""

from __future__ import annotations

from django.db import connection

_DIVIDED = """
create temporary table thread_part as
select external_id, (row_number() over (order by external_id) - 1) / %(size)s as part from whole_thread;
create temporary table message_part as
select c.external_id, t.part
from whole_contribution c
left join whole_contribution p on p.external_id = c.parent
join thread_part t on t.external_id = coalesce(c.thread, p.thread);
create temporary table thread_key (external_id text collate "C", id bigint);
create index on thread_part (part);
create index on message_part (part);
create index on whole_thread (external_id);
create index on whole_contribution (external_id);
create index on whole_vote (contribution);
create index on whole_revision (contribution);
create index on whole_mention (contribution);
create index on whole_reaction (contribution);
create index on whole_acceptance (contribution);
create index on whole_closure (thread);
create index on whole_link (source);
analyze thread_part;
analyze message_part;
"""

_PART = """
insert into incoming_{name} select w.* from whole_{name} w
join {parts} p on p.external_id = w.{column} where p.part = %s
"""

_BY_THREAD = {"thread": "external_id", "closure": "thread", "link": "source"}
_BY_MESSAGE = {
    "contribution": "external_id",
    "vote": "contribution",
    "revision": "contribution",
    "mention": "contribution",
    "reaction": "contribution",
    "acceptance": "contribution",
}


def divide(size: int) -> int:
    """Share what was set aside out to parts of `size` threads; returns how many parts there are."""
    with connection.cursor() as cursor:
        cursor.execute(_DIVIDED, {"size": size})
        cursor.execute("select coalesce(max(part) + 1, 0) from thread_part")
        return int(cursor.fetchone()[0])


def bring(part: int) -> None:
    """Put one part into the incoming tables, and forget the one before."""
    incoming = ", ".join(f"incoming_{name}" for name in [*_BY_THREAD, *_BY_MESSAGE])
    with connection.cursor() as cursor:
        # Here, unlike anywhere else in an import, a few rows are looked up among many.
        cursor.execute("set local enable_nestloop = on")
        cursor.execute(f"truncate {incoming}, thread_now, message_now, touched")
        for parts, columns in (("thread_part", _BY_THREAD), ("message_part", _BY_MESSAGE)):
            for name, column in columns.items():
                cursor.execute(_PART.format(name=name, parts=parts, column=column), [part])
        cursor.execute("set local enable_nestloop = off")
