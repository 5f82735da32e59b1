"""What is new for a desk that is open: asked by the page when it hears that a list changed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from passeur.foundation.access import signed_in

from .. import policies, queries, services
from . import drawing, lines
from .asked import asked_of, manager_of


@signed_in
@require_GET
def news(request: HttpRequest) -> HttpResponse:
    """The lines that `known` (`line-cue-1-….x2y,…`) does not have as they are, and who took those gone."""
    if not policies.has_desk(manager_of(request)):
        raise Http404
    asked = asked_of(request, request.GET)
    desk = services.open_desk(
        asked.manager, asked.chosen, view=asked.view, number=asked.page, size=drawing.PAGE_SIZE
    )
    known = dict(
        pair.rsplit(".", 1) for pair in request.GET.get("known", "")[:8000].split(",") if "." in pair
    )
    there = {f"line-{line.cue.anchor}": line for line in desk.lines}
    changed = [(lines.NOWHERE, line) for key, line in there.items() if known.get(key) != line.stamp]
    managed = [community.pk for community in asked.chosen]
    taken = {f"line-{anchor}": step.by.name for anchor, step in queries.taken(managed).items()}
    part = drawing.drawn(
        "desk/_news.html",
        asked,
        desk,
        order=list(there),
        changed=drawing.drawn_lines(changed, asked, desk),
        gone={key: taken.get(key, "") for key in known if key not in there},
    )
    return HttpResponse(drawing.sent(request, part, asked, desk.scope.now))
