"""What a line of the log may hold, as text for people or as JSON for programs: no person, no text typed.

Messages of our own code hold none. Those of libraries may (a path, the arguments of a job, a mail address),
and so may messages of exceptions (the value that a column refused): their words are left out. What helps to
find the fault stays: types, places in the code, codes of the system, of PostgreSQL and of SMTP.
"""

import logging
import traceback
from collections.abc import Iterator
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from passeur.foundation import request_id

OURS = "passeur"
HIDDEN = "…"


class Line(logging.Formatter):
    """`2026-11-28 10:12:31,204 INFO    passeur.request GET / 200 12 ms, 7 queries [3f9a…]`."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname:7} {name} {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        identity, message = _request_of(record), says(record)
        record.message = f"{message} [{identity}]" if identity else message
        record.asctime = self.formatTime(record)
        lines = [self.formatMessage(record)]
        if record.exc_info and record.exc_info[1] is not None:
            lines += told(record.exc_info[1])
        return "\n".join(lines)


class Json(JsonFormatter):
    """One object per line: `time`, `level`, `logger`, `message`, `request`, the facts, and `exception`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": says(record),
        }
        if identity := _request_of(record):
            line["request"] = identity
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = told(record.exc_info[1])
        return self.serialize_log_record(line)


def says(record: logging.LogRecord) -> str:
    """The message, without what a library put into it."""
    if record.name.split(".", 1)[0] == OURS:
        return record.getMessage()
    if record.name.startswith("procrastinate"):
        job = getattr(record, "job", None) or {}
        action = getattr(record, "action", "") or "procrastinate"
        return f"{action} {job.get('task_name', '')} {job.get('id', '')}".rstrip()
    if record.name.startswith("django.request"):
        return f"A request ended with status {getattr(record, 'status_code', '?')}."
    if not record.args:
        # Its words were put together before they came here: where in the code it was said must do.
        is_the_server = record.name.startswith("_granian")
        return record.getMessage() if is_the_server else f"said at {record.module}:{record.lineno}"
    return _with_numbers_only(record)


def _with_numbers_only(record: logging.LogRecord) -> str:
    """The template of the message, with its numbers."""
    given = record.args
    try:
        if isinstance(given, dict):
            return str(record.msg) % {name: _number(value) for name, value in given.items()}
        return str(record.msg) % tuple(_number(value) for value in given or ())
    except (TypeError, ValueError):
        return str(record.msg)


def _number(value: object) -> object:
    return value if isinstance(value, int | float) else HIDDEN


def told(error: BaseException) -> list[str]:
    """An exception and what caused it, the last first: type, codes, and where in the code, line by line."""
    return list(_told(error, set()))


def _told(error: BaseException, seen: set[int]) -> Iterator[str]:
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        kind = f"{type(error).__module__}.{type(error).__qualname__}"
        codes = [
            f"{name}={value}"
            for name in ("errno", "sqlstate", "smtp_code")
            if isinstance(value := getattr(error, name, None), int) or (name == "sqlstate" and value)
        ]
        yield " ".join([kind, *codes])
        for frame in traceback.extract_tb(error.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
        following = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if following is None:
            return
        error = following


def _request_of(record: logging.LogRecord) -> str:
    """The request that the record was written for: of this thread, else of the job that it is about."""
    job = getattr(record, "job", None)
    given = (job.get("task_kwargs") or {}) if isinstance(job, dict) else {}
    return request_id.current() or str(given.get("request_id", ""))


def configuration(format: str, level: str) -> dict[str, Any]:
    """Django's LOGGING."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": Line}, "json": {"()": Json}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": format}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        # Django's own handlers would write its messages a second time, as they are.
        "loggers": {
            OURS: {"level": level},
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # Its warnings (404 and the like) say no more than the request line does.
            "django.request": {"level": "ERROR"},
        },
    }


def of_granian(format: str) -> dict[str, Any]:
    """The same for the web server's own lines."""
    made = {"()": Json if format == "json" else Line}
    return {"formatters": {"generic": made, "access": made}}
