"""Leaving by the link of a mail, without signing in (RFC 8058)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from passeur.foundation.access import public

from .. import errors, services


@public
@csrf_exempt  # a mail program posts here by itself, without cookies: the token in the address is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button, because mail scanners follow links; the POST stops the mails of the token.

    Where they are stopped already, there is nothing to press.
    """
    try:
        asked = request.method == "POST"
        labels = services.unsubscribe(token) if asked else services.stoppable(token)
        done = asked or not labels
    except errors.UnknownToken as unknown:
        return render(request, "notifications/unsubscribe.html", {"trouble": str(unknown)}, status=404)
    return render(request, "notifications/unsubscribe.html", {"labels": labels, "done": done})
