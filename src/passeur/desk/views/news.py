"""What is new for a desk that is open: asked by the page when it hears that a list changed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from passeur.foundation.access import signed_in

from .. import policies, queries
from .desk import context_of, manager_of


@signed_in
@require_GET
def news(request: HttpRequest) -> HttpResponse:
    """The lines that `known` (`line-cue-1-….x2y,…`) does not have as they are, and who took those gone."""
    if not policies.has_desk(manager_of(request)):
        raise Http404
    context = context_of(request, request.GET)
    known = dict(
        pair.rsplit(".", 1) for pair in request.GET.get("known", "")[:8000].split(",") if "." in pair
    )
    lines = {f"line-{line.cue.anchor}": line for line in context["lines"]}
    taken = {f"line-{anchor}": step.by.name for anchor, step in queries.taken(context["followed"]).items()}
    context["changed"] = [line for key, line in lines.items() if known.get(key) != line.stamp]
    context["gone"] = {key: taken.get(key, "") for key in known if key not in lines}
    return render(request, "desk/_news.html", context)
