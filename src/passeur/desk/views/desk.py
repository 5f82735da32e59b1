"""The manager's first page: what the communities need today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from passeur.foundation.access import signed_in

from .. import policies, services
from . import drawing
from .asked import asked_of, manager_of

if TYPE_CHECKING:
    from ..queries import Desk


@dataclass(frozen=True, slots=True)
class Page:
    """What is drawn of a desk: its list, and beside it the state of the communities."""

    listed: SafeString
    health: SafeString


@signed_in
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Where each person starts: the desk for who animates, their feed for the others."""
    return redirect("desk:today" if policies.has_desk(manager_of(request)) else "feed:mine")


@signed_in
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """One ranked list of cues, for all communities or one."""
    if not policies.has_desk(manager_of(request)):
        return redirect("feed:mine")
    asked, now = asked_of(request, request.GET), timezone.now()

    def draw(desk: Desk) -> Page:
        return Page(drawing.drawn_list(asked, desk), drawing.drawn_health(desk))

    page = services.show_desk(
        asked.manager,
        asked.chosen,
        view=asked.view,
        number=asked.page,
        now=now,
        size=drawing.PAGE_SIZE,
        draw=draw,
        key=asked.key,
    )
    listed = drawing.sent(request, page.listed, asked, now)
    return render(request, "desk/desk.html", {"listed": listed, "health": page.health})
