"""Pages and fragments of the frame: the language switch, the preview of a text, the palette, what broke."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_POST, require_safe
from psycopg.errors import DiskFull

from passeur.foundation import markdown, request_id
from passeur.foundation.access import public, signed_in
from passeur.foundation.palette import lines

LONGEST_PREVIEW = 40_000  # characters; beyond, the preview says so rather than work for nothing
ONE_YEAR = 365 * 24 * 3600
TRY_AGAIN = 10  # seconds after which to ask again, when the database did not answer


def back(request: HttpRequest, default: str = "/") -> str:
    """The page of ours that a form says it came from (`next`), else `default`."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else default


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language: kept with the member, or in a cookie for a stranger."""
    chosen = request.POST.get("language", "")
    known = {code for code, _ in settings.LANGUAGES}
    response = HttpResponseRedirect(back(request))
    if chosen not in known or not check_for_language(chosen):
        return HttpResponse(status=400)
    if request.user.is_authenticated:
        request.user.language = chosen
        request.user.save(update_fields=["language"])
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=ONE_YEAR,
        samesite="Lax",
        httponly=True,
        secure=request.is_secure(),
    )
    return response


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """For whom these pages are built, how that is checked, what is known not to hold, whom to tell."""
    kind = "accessibility" if request.user.is_authenticated else "accessibility_gate"
    return render(request, f"foundation/{kind}.html")


@signed_in
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What a Markdown text will look like once published."""
    html = markdown.render(request.POST.get("text", "")[:LONGEST_PREVIEW]).html
    return render(request, "foundation/_markdown_preview.html", {"html": html})


@signed_in
@require_GET
def palette(request: HttpRequest) -> HttpResponse:
    """The lines of the palette for what was typed."""
    query = request.GET.get("q", "")[:100]
    return render(
        request, "foundation/_palette_results.html", {"items": lines(request, query), "query": query}
    )


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What a request gets that cannot be understood, or asks for another host: it has no session yet."""
    return HttpResponse(render_to_string("400.html"), status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """What a request gets that failed: 503 when the database does not answer or is full, else 500."""
    said = {"request_id": request_id.current()}
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        headers = {"Retry-After": str(TRY_AGAIN), "Cache-Control": "no-store"}
        template = "full.html" if isinstance(error.__cause__, DiskFull) else "503.html"
        return HttpResponse(render_to_string(template, said), status=503, headers=headers)
    return HttpResponse(render_to_string("500.html", said), status=500)
