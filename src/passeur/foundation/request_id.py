"""Which request is being answered: a word drawn by lot, in the log, on the page that failed, in its jobs."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("request", default="")


def fresh() -> str:
    """A new one: it tells nothing, and fits a telephone."""
    return secrets.token_hex(6)


def current() -> str:
    """The request that this is done for; empty where it is done for none."""
    return _current.get()


@contextmanager
def carried(identity: str) -> Iterator[None]:
    """What is done inside is done for that request."""
    token = _current.set(identity)
    try:
        yield
    finally:
        _current.reset(token)
