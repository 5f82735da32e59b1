"""Toasts: what happened, and how to undo it. Kept as messages until the next page or fragment shows them."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise


def toast(request: HttpRequest, text: str | Promise, *, undo: str = "") -> None:
    """Say what happened; `undo` is the address that a POST undoes it at."""
    messages.success(request, str(text), extra_tags=undo)


def trouble(request: HttpRequest, text: str | Promise) -> None:
    """Say what did not happen, and what to do; it stays until the person leaves the page."""
    messages.error(request, str(text))
