"""What one request has already worked out: kept until it ends, forgotten when a service changes it.

Outside a request (jobs, commands, tests of services) nothing is kept, so that nothing can be stale.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase

T = TypeVar("T")

_kept: ContextVar[dict[tuple[Hashable, ...], object] | None] = ContextVar("memo", default=None)


def once(key: tuple[Hashable, ...], work_out: Callable[[], T]) -> T:
    """The value of `key` in this request, worked out the first time."""
    kept = _kept.get()
    if kept is None:
        return work_out()
    if key not in kept:
        kept[key] = work_out()
    return cast("T", kept[key])


def forget(*prefix: Hashable) -> None:
    """Drop every value whose key starts with `prefix`; call it where what they rest on changes."""
    kept = _kept.get()
    if kept:
        for key in [key for key in kept if key[: len(prefix)] == prefix]:
            del kept[key]


@contextmanager
def afresh() -> Iterator[None]:
    """A block in which nothing is known yet, and whose own findings are forgotten with it."""
    token = _kept.set(None if _kept.get() is None else {})
    try:
        yield
    finally:
        _kept.reset(token)


class MemoMiddleware:
    """Opens a memory for each request, and closes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _kept.set({})
        try:
            return self.get_response(request)
        finally:
            _kept.reset(token)
