"""How the queue of jobs is doing."""

import json
from dataclasses import dataclass

from django.db import connection

HEARTBEAT = 60  # seconds; a living worker writes one every ten


@dataclass(frozen=True, slots=True)
class QueueState:
    """Jobs due now, how long the oldest has waited (seconds), jobs that gave up, workers alive."""

    due: int
    lag: float
    failed: int
    workers: int

    @property
    def is_stuck(self) -> bool:
        """Work is waiting and nobody does it. A long queue that moves is not stuck."""
        return self.lag > HEARTBEAT and self.workers == 0


_STATE = """
WITH known AS (
  SELECT j.status, coalesce(j.scheduled_at, min(e.at), now()) AS due_at
    FROM procrastinate_jobs j
    LEFT JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
   WHERE j.status IN ('todo', 'failed')
   GROUP BY j.id
), due AS (
  SELECT due_at FROM known WHERE status = 'todo' AND due_at <= now()
)
SELECT (SELECT count(*) FROM due),
       (SELECT coalesce(extract(epoch FROM now() - min(due_at)), 0) FROM due),
       (SELECT count(*) FROM known WHERE status = 'failed'),
       (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s))
"""


def state() -> QueueState:
    """The queue as it is now."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE, [HEARTBEAT])
        due, lag, failed, workers = cursor.fetchone()
    return QueueState(due, float(lag), failed, workers)


_AWAITED = """
SELECT EXISTS (
  SELECT FROM procrastinate_jobs
   WHERE status IN ('todo', 'doing') AND queue_name = 'events'
     AND args->>'event' = %s AND starts_with(args->>'subscriber', %s) AND args->'fields' @> %s::jsonb
)
"""


def is_awaited(event: str, room: str, **carried: int | str) -> bool:
    """Whether a room, `passeur.expertise`, has still to be told of an event that carries this."""
    with connection.cursor() as cursor:
        cursor.execute(_AWAITED, [event, f"{room}.", json.dumps(carried)])
        [(awaited,)] = cursor.fetchall()
    return bool(awaited)


@dataclass(frozen=True, slots=True)
class Line:
    """One queue: jobs due, for later, given up, and how long the oldest due one has waited (seconds)."""

    name: str
    waiting: int
    scheduled: int
    failed: int
    oldest: float


_LINES = """
WITH known AS (
  SELECT j.queue_name, j.status, coalesce(j.scheduled_at, min(e.at), now()) AS due_at
    FROM procrastinate_jobs j
    LEFT JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
   WHERE j.status IN ('todo', 'failed')
   GROUP BY j.id
)
SELECT queue_name,
       count(*) FILTER (WHERE status = 'todo' AND due_at <= now()),
       count(*) FILTER (WHERE status = 'todo' AND due_at > now()),
       count(*) FILTER (WHERE status = 'failed'),
       coalesce(extract(epoch FROM now() - min(due_at) FILTER (WHERE status = 'todo' AND due_at <= now())), 0)
  FROM known GROUP BY 1 ORDER BY 1
"""


def lines() -> list[Line]:
    """The queues that have anything in them."""
    with connection.cursor() as cursor:
        cursor.execute(_LINES)
        return [
            Line(name, waiting, scheduled, failed, float(oldest))
            for name, waiting, scheduled, failed, oldest in cursor.fetchall()
        ]
