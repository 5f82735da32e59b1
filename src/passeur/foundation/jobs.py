"""Background work: jobs are rows of PostgreSQL, deferred inside the caller's transaction."""

import logging
import time
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Generic, ParamSpec

from django.db import close_old_connections, connection
from procrastinate import App, RetryStrategy
from procrastinate import jobs as queued
from procrastinate.contrib.django import app as _app
from procrastinate.retry import RetryDecision
from procrastinate.tasks import Task
from psycopg.errors import DiskFull

from passeur.foundation import metrics, request_id

P = ParamSpec("P")
log = logging.getLogger("passeur.job")

UNTIL_THERE_IS_ROOM = 10
"""Seconds between two tries while the disk of the database is full."""
REQUEST = "request_id"
"""Among the arguments of a job, the request that asked for it; the function does not get it."""


class Job(Generic[P]):
    """A function that can be called now, or deferred to a worker."""

    def __init__(self, task: Task[..., Any, ...], function: Callable[P, None]) -> None:
        self._task = task
        self._function = function

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        self._function(*args, **kwargs)

    def defer(self, **kwargs: Any) -> None:
        """Queue the work, for the request that is being answered; it starts once the transaction commits."""
        if identity := request_id.current():
            kwargs[REQUEST] = identity
        self._task.defer(**kwargs)

    def defer_all(self, calls: Iterable[dict[str, Any]]) -> None:
        """Queue a job for each of these, its arguments; one statement for all of them.

        Nothing of it is logged: the queue's own way to defer many copies all arguments for that, four times.
        """
        identity = request_id.current()
        carried = {REQUEST: identity} if identity else {}
        made = self._task.configure()
        jobs = [made.make_new_job(**call, **carried) for call in calls]
        if jobs:
            made.job_manager.batch_defer_jobs(jobs=jobs)


class Patience(RetryStrategy):
    """So many further tries; while the disk of the database is full, as many as it takes: nothing is lost."""

    def get_retry_decision(self, *, exception: BaseException, job: queued.Job) -> RetryDecision | None:
        if isinstance(exception.__cause__, DiskFull):  # Django's error, because of PostgreSQL's
            return RetryDecision(retry_in={"seconds": UNTIL_THERE_IS_ROOM})
        return super().get_retry_decision(exception=exception, job=job)


def task(
    *, queue: str = "default", retry: int = 3, lock: str | None = None, cron: str | None = None
) -> Callable[[Callable[P, None]], Job[P]]:
    """Make a function a job. `retry` counts further tries, waiting 2, 4, 8 … seconds between (`Patience`).

    With `cron` it also runs by the clock (five fields, UTC); the function then takes `timestamp`.
    """

    def decorate(function: Callable[P, None]) -> Job[P]:
        made: Any = app().task(
            name=f"{function.__module__}.{function.__qualname__}",
            queue=queue,
            lock=lock,
            retry=Patience(max_attempts=retry, exponential_wait=2),
        )(_for_its_request(_on_live_connections(function), queue))
        if cron is not None:
            app().periodic(cron=cron)(made)
        return Job(made, function)

    return decorate


def _for_its_request(function: Callable[P, None], queue: str) -> Callable[..., None]:
    """Done for the request that asked for it, and told in one line: which job, how it ended, in what time."""

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> None:
        began = time.perf_counter()
        outcome = "failed"
        with request_id.carried(kwargs.pop(REQUEST, "")):
            try:
                function(*args, **kwargs)
                outcome = "done"
            finally:
                spent = (time.perf_counter() - began) * 1000
                metrics.JOBS.labels(queue, outcome).inc()
                name = f"{function.__module__}.{function.__qualname__}"
                facts = {"job": name, "queue": queue, "outcome": outcome, "milliseconds": round(spent, 1)}
                log.info("%s %s %.0f ms", name, outcome, spent, extra={"facts": facts})

    return run


def _on_live_connections(function: Callable[P, None]) -> Callable[P, None]:
    """A worker lives for weeks and no request begins or ends in it: drop connections the server closed.

    A job called inside somebody's transaction uses that connection, and leaves it alone.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        if connection.in_atomic_block:
            function(*args, **kwargs)
            return
        close_old_connections()
        try:
            function(*args, **kwargs)
        finally:
            close_old_connections()

    return run


def app() -> App:
    """The application that knows all tasks."""
    return _app
