"""What the owner of an address says by the link of a mail, without signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from passeur.foundation.access import public

from .. import queries, services
from ..errors import UnknownLink


@public
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button, because mail scanners follow links; the POST says yes."""
    try:
        done = request.method == "POST"
        sponsor = services.confirm(token) if done else queries.by_link(token)
    except UnknownLink as unknown:
        return render(request, "sponsors/answer.html", {"trouble": str(unknown)}, status=404)
    return render(request, "sponsors/answer.html", {"sponsor": sponsor, "token": token, "done": done})


@public
@csrf_exempt  # a mail program posts here by itself, without cookies (RFC 8058): the token is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The same for no."""
    try:
        done = request.method == "POST"
        sponsor = services.stop(token) if done else queries.by_link(token)
    except UnknownLink as unknown:
        return render(request, "sponsors/stop.html", {"trouble": str(unknown)}, status=404)
    return render(request, "sponsors/stop.html", {"sponsor": sponsor, "token": token, "done": done})
