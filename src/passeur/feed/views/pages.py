"""The member's home, and how they want it made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from passeur.foundation import slots
from passeur.foundation.access import signed_in
from passeur.foundation.toasts import toast
from passeur.skills import queries as skills

from .. import queries, services
from ..choices import View
from . import keeping

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def reader(request: HttpRequest) -> Member:
    """The member behind a `signed_in` view."""
    return cast("Member", request.user)


@signed_in
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The feed in one of its views."""
    shown = keeping.shown(request, context_of)
    return render(request, "feed/feed.html", {"part": shown.html, "belongs": shown.belongs})


def context_of(
    request: HttpRequest,
    asked: Mapping[str, str],
    *,
    place: int | None = None,
    now: dt.datetime | None = None,
) -> dict[str, Any]:
    """What the page shows for a tab and a community; unknown ones are not found.

    `place` is where focus goes after a gesture: the entry that moved up into it.
    """
    member, view = reader(request), asked.get("view") or View.FOR_YOU
    back = asked.get("since") == "before"
    if view not in View.values:
        raise Http404
    found = queries.feed(member, View(view), community=asked.get("community", ""), back=back, now=now)
    if found is None:
        raise Http404
    shown = [entry.conversation for entry in found.entries]
    notes = slots.gather("feed_notes", request, conversations=shown) if shown else {}
    for number, entry in enumerate(found.entries):
        entry.place, entry.note = number, notes.get(entry.conversation.pk, "")
    offered = found.states_nothing and not found.mark.is_settled and found.view == View.FOR_YOU
    return {
        "feed": found,
        "name": member.first_name,
        "until": found.now.isoformat(),
        "view": found.view,
        "views": View,
        "looks_back": back,
        "since": queries.since_in_words(found.since, found.now),
        "count": queries.count_in_words(len(shown)),
        "offers": queries.offers(member, list(found.belongs)) if offered else [],
        "place": None if place is None else min(place, len(shown) - 1),
    }


@signed_in
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """What the feed is made of: followed themes, themes of which one wants less, guessing or not."""
    member = reader(request)
    if request.method == "POST":
        on = request.POST.get("personal") == "1"
        services.use_inferences(on=on, by=member)
        toast(
            request,
            _("Votre fil propose de nouveau ce qui peut vous aider.")
            if on
            else _("Votre fil suit l’ordre du temps. Rien n’est plus déduit pour lui."),
        )
        return redirect("feed:settings")
    context = {
        "mark": queries.mark_of(member),
        "less": queries.less_of(member),
        "followed": skills.followed_by(member, viewer=member),
    }
    return render(request, "feed/settings.html", context)
