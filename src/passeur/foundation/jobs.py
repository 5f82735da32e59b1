"""Background work: jobs are rows of PostgreSQL, deferred inside the caller's transaction."""

from collections.abc import Callable
from typing import Any, Generic, ParamSpec

from procrastinate import App, RetryStrategy
from procrastinate.contrib.django import app as _app
from procrastinate.tasks import Task

P = ParamSpec("P")


class Job(Generic[P]):
    """A function that can be called now, or deferred to a worker."""

    def __init__(self, task: Task[P, Any, P], function: Callable[P, None]) -> None:
        self._task = task
        self._function = function

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        self._function(*args, **kwargs)

    def defer(self, **kwargs: Any) -> None:
        """Queue the work; it starts once the current transaction commits."""
        self._task.defer(**kwargs)


def task(
    *, queue: str = "default", retry: int = 3, lock: str | None = None, cron: str | None = None
) -> Callable[[Callable[P, None]], Job[P]]:
    """Make a function a job. `retry` counts further tries, waiting 2, 4, 8 … seconds between them.

    With `cron` it also runs by the clock (five fields, UTC); the function then takes `timestamp`.
    """

    def decorate(function: Callable[P, None]) -> Job[P]:
        made: Any = app().task(
            name=f"{function.__module__}.{function.__qualname__}",
            queue=queue,
            lock=lock,
            retry=RetryStrategy(max_attempts=retry, exponential_wait=2),
        )(function)
        if cron is not None:
            app().periodic(cron=cron)(made)
        return Job(made, function)

    return decorate


def app() -> App:
    """The application that knows all tasks."""
    return _app
