"""Running queued jobs here and now, in the process of the tests."""

import json

from django.db import connection


def run_queued(limit: int = 1000) -> int:
    """Run what is queued, and what that queues; gives back how many jobs ran. A job that fails raises.

    Jobs scheduled for later run too.
    """
    from passeur.foundation.jobs import app

    done = 0
    while (job := _next_job()) is not None:
        identifier, name, arguments = job
        app().tasks[name].func(**arguments)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [identifier])
        done += 1
        assert done <= limit, f"{name} keeps queueing jobs"
    return done


def forget_queued() -> None:
    """Drop what is queued: emptying tables after a test leaves the jobs, which are of no model of ours."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def _next_job():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo'"
            " ORDER BY priority DESC, id LIMIT 1"
        )
        row = cursor.fetchone()
    if row is None:
        return None
    return row[0], row[1], row[2] if isinstance(row[2], dict) else json.loads(row[2])
