"""Lists of conversations: of one community, or of all that the reader may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from passeur.foundation import pagination
from passeur.foundation.access import signed_in
from passeur.skills import queries as skills

from .. import policies
from ..choices import Kind, State
from ..forms.lists import ListForm
from ..queries import lists
from .finding import community_at, reader

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

TABS = (
    "",
    State.WAITING,
    State.REPLIED,
    State.NOT_HELPED,
    State.ANSWERED,
    State.RESOLVED,
    State.CLOSED,
    State.OPEN,
)
RARE = (State.REPLIED, State.CLOSED, State.OPEN)
"""States that have a tab only where something is in them; with theirs, the tabs add up to all."""


@signed_in
@require_safe
def everywhere(request: HttpRequest) -> HttpResponse:
    """Conversations of all communities."""
    return _list(request, None)


@signed_in
@require_safe
def in_community(request: HttpRequest, slug: str) -> HttpResponse:
    """Conversations of one community."""
    return _list(request, community_at(request, slug))


def _list(request: HttpRequest, community: Community | None) -> HttpResponse:
    form = ListForm(request.GET, community=community)
    context: dict[str, Any] = {"form": form, "community": community, "current": "conversations"}
    if not form.is_valid():
        return render(request, "conversations/list.html", context, status=400)
    filters = form.filters()
    member = reader(request)
    is_whole = lists.without_state(filters) == lists.Filters(community)
    counts = lists.counts_by_state(member, lists.without_state(filters))
    cursor = request.GET.get("page")
    page = (
        pagination.first(lists.first_listed(member, community), lists.listed_by, size=lists.PAGE_SIZE)
        if filters == lists.Filters(community) and not cursor
        else pagination.page(lists.listed(member, filters), cursor, size=lists.PAGE_SIZE)
    )
    context |= {
        "filters": filters,
        "page": page,
        "tabs": _tabs(request, counts, filters.state),
        "naming": lists.naming(member) if community is None else [],
        "waiting": _waiting(member, filters, counts) if is_whole else 0,
        "themes": skills.themes(community) if community else [],
        "can_write": community is not None and policies.can_start(member, community, Kind.QUESTION),
    }
    return render(request, "conversations/list.html", context)


def _waiting(member: Member, filters: lists.Filters, counts: dict[str, int]) -> int:
    """How many questions wait where one can still write; of one community, its tab says it."""
    if filters.community is None:
        return lists.to_answer(member, filters)
    return 0 if filters.community.is_archived else counts.get(State.WAITING, 0)


def _tabs(request: HttpRequest, counts: dict[str, int], current: str | None) -> list[dict[str, object]]:
    """One tab a state, with its figure and an address that keeps the other filters."""
    tabs = []
    for state in TABS:
        if state in RARE and not counts.get(state) and state != current:
            continue
        query = request.GET.copy()
        query.pop("page", None)
        query["state"] = state
        if not state:
            query.pop("state")
        number = counts.get(state, 0) if state else sum(counts.values())
        tabs.append(
            {"state": state, "query": query.urlencode(), "n": number, "current": (current or "") == state}
        )
    return tabs
