"""The page of what one was told, and the way from a line to the thing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from passeur.foundation import dates
from passeur.foundation.access import signed_in
from passeur.foundation.toasts import toast

from .. import queries, services

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def reader(request: HttpRequest) -> Member:
    """The member behind a `signed_in` view."""
    return cast("Member", request.user)


@signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What happened, by what it is about, newest first. Opening it puts out the dot, and no more."""
    member = reader(request)
    listing = queries.listed(member, request.GET.get("page"))
    services.look(member)
    wishes = queries.wishes_of(member)
    context = {
        "listing": listing,
        "wishes": wishes,
        "is_held": wishes.is_held(member.email, timezone.now()),
        "quiet_from": dates.clock(wishes.quiet_from),
        "quiet_until": dates.clock(wishes.quiet_until),
    }
    return render(request, "notifications/list.html", context)


@signed_in
@require_GET
def bell(request: HttpRequest) -> HttpResponse:
    """The bell of an open page, as it is now."""
    return render(request, "notifications/_dot.html", {"news": queries.has_news(reader(request))})


@signed_in
@require_GET
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the thing a line is about; the line is not new any more."""
    member = reader(request)
    shown = queries.one_of(member, pk)
    if shown is None:
        raise Http404
    services.opened(member, shown.notice.pk)
    return redirect(shown.line.url)


@signed_in
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Nothing is new any more."""
    services.seen_all(reader(request))
    toast(request, _("Tout est marqué comme lu."))
    return redirect("notifications:list")
