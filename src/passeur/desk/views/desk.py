"""The manager's first page: what the communities need today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from passeur.communities import queries as communities
from passeur.conversations.choices import State
from passeur.conversations.queries import lists
from passeur.foundation.access import signed_in

from .. import policies, queries, services
from ..choices import Snooze, View
from .greeting import greeting

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

PAGE_SIZE = queries.PAGE_SIZE


def manager_of(request: HttpRequest) -> Member:
    """The member behind a `signed_in` view."""
    return cast("Member", request.user)


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
    return render(request, "desk/desk.html", context_of(request, request.GET))


def context_of(request: HttpRequest, asked: Any, *, place: int | None = None) -> dict[str, Any]:
    """What the page shows for a tab, a community and a page number; unknown ones are not found.

    `place` is where focus goes after a gesture: the cue that moved up into it.
    """
    manager = manager_of(request)
    managed = list(communities.managed_by(manager).order_by("name"))
    slug = asked.get("community", "")
    chosen = [community for community in managed if community.slug == slug] if slug else managed
    view = asked.get("view") or View.TODAY
    if (slug and not chosen) or view not in View.values:
        raise Http404
    wanted = asked.get("page", "")
    found = services.open_desk(
        manager,
        chosen,
        view=View(view),
        number=int(wanted) if wanted.isascii() and wanted.isdecimal() else 1,
        size=PAGE_SIZE,
    )
    page = Paginator(range(found.counts[found.view]), PAGE_SIZE).page(found.number)
    return {
        "managed": managed,
        "community": chosen[0] if slug else None,
        "view": view,
        "tabs": [(tab, found.counts[tab]) for tab in View],
        "greeting": greeting(manager.first_name, View(view), found),
        "page": page,
        "lines": found.lines,
        "steps": found.steps,
        "being_filled": queries.unfilled(chosen),
        "place": None if place is None else min(place, len(found.lines or found.steps) - 1),
        "colleagues": queries.managers_of(chosen, leave_out=manager),
        "snoozes": Snooze,
        "health": _health(manager, chosen),
        "now": found.scope.now,
        "address": urlencode(
            {name: asked[name] for name in ("community", "view", "page") if asked.get(name)}
        ),
        "followed": [community.pk for community in chosen],
    }


def _health(manager: Member, chosen: list[Community]) -> list[dict[str, Any]]:
    """For each community, how many questions are in the states that call for somebody, each with its list."""
    counted = lists.counts_by_community(manager, chosen)
    return [
        {
            "community": community,
            "waiting": counted.get((community.pk, State.WAITING), 0),
            "not_helped": counted.get((community.pk, State.NOT_HELPED), 0),
        }
        for community in chosen
    ]
