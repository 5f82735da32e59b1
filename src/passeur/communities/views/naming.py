"""People of a community, offered by name while somebody types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from passeur.foundation import limits
from passeur.foundation.access import signed_in
from passeur.foundation.policies import require

from .. import policies, queries
from .finding import community_at, reader

LONGEST = 60


@signed_in
@require_GET
@limits.limited(limits.NAMING, method="GET")
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """A list to choose from. A text mentions others; a field for one person (`one`) may name its writer."""
    community, member = community_at(request, slug), reader(request)
    require(policies.can_name(member, community))
    begins = request.GET.get("q", "")[:LONGEST]
    found = queries.nameable(community, begins, without=None if request.GET.get("one") else member)
    return render(request, "communities/_people.html", {"people": found, "begins": begins})
