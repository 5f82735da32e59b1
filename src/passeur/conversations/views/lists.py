"""Lists of conversations: of one community, or of all that the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from passeur.foundation import counters, pagination, pure
from passeur.foundation.access import signed_in
from passeur.foundation.reading import Said
from passeur.skills import queries as skills

from .. import policies
from ..choices import Kind, State
from ..forms.lists import ListForm
from ..queries import first_page, lists
from .finding import community_at, reader

if TYPE_CHECKING:
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
        context["main"] = render_to_string("conversations/_list.html", context, request)
        return render(request, "conversations/list.html", context, status=422)
    filters = form.filters()
    member = reader(request)
    is_whole = lists.without_state(filters) == lists.Filters(community)
    said: Said | None = None
    if filters == lists.Filters(community) and not request.GET.get("page"):
        read = first_page.read(member, community, more=counters.asked(request))
        said = counters.told(request, read)
        context["main"] = pure.drawn_from(
            "conversations/_list.html",
            _first_page,
            said=said,
            path=request.path,
            query=request.GET.urlencode(),
            here=Here(community.slug, community.name) if community else None,
        )
    else:
        said = first_page.figures(member, community) if is_whole else None
        context |= _narrowed(request, filters, said)
        context["main"] = render_to_string("conversations/_list.html", context, request)
    context |= {
        "naming": first_page.naming(said) if said else (),
        "waiting": _waiting(community, said) if said else None,
        "can_write": community is not None and policies.can_start(member, community, Kind.QUESTION),
    }
    return render(request, "conversations/list.html", context)


@dataclass(frozen=True, slots=True)
class Here:
    """The community of a list."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Asking:
    """What the template of a list may know of the request."""

    path: str
    GET: QueryDict


def _first_page(said: Said, path: str, query: str, here: Here | None) -> dict[str, Any]:
    """What the first page shows, of what was read."""
    asked = QueryDict(query)
    page = pagination.first(said.rows("lines", first_page.Line), lists.listed_by, size=lists.PAGE_SIZE)
    rows = first_page.rows(page.items, show_community=here is None)
    return {
        "request": Asking(path, asked),
        "form": ListForm(asked, community=None),
        "community": here,
        "page": pagination.Page(rows, page.next, page.previous),
        "tabs": _tabs(asked, first_page.counts(said), None),
        "themes": skills.in_order(said.rows("themes", skills.ThemeLine)) if here else (),
    }


def _narrowed(request: HttpRequest, filters: lists.Filters, figures: Said | None) -> dict[str, Any]:
    """What any other page shows; its figures are exact where something but a state narrows it."""
    member = reader(request)
    counts = (
        first_page.counts(figures) if figures else lists.counts_by_state(member, lists.without_state(filters))
    )
    rows = lists.listed(member, filters)
    return {
        "filters": filters,
        "page": pagination.page(rows, request.GET.get("page"), size=lists.PAGE_SIZE),
        "tabs": _tabs(request.GET, counts, filters.state, exact=figures is None),
        "themes": skills.themes(filters.community) if filters.community else (),
    }


@dataclass(frozen=True, slots=True)
class Figure:
    """How many, or that there are more than that many."""

    n: int
    more: bool


def _figure(counts: Iterable[int], *, exact: bool = False) -> Figure:
    """Of all of these together. One that was not counted to its end leaves the sum open too."""
    counts = list(counts)
    if not exact and any(count > first_page.COUNTED for count in counts):
        return Figure(first_page.COUNTED, more=True)
    return Figure(sum(counts), more=False)


def _waiting(community: Community | None, said: Said) -> Figure:
    """How many questions wait where one can still write; of one community, its tab says it."""
    if community is None:
        return _figure([said.row("to_answer", int) or 0])
    return _figure([] if community.is_archived else [first_page.counts(said)[State.WAITING]])


def _tabs(
    asked: QueryDict, counts: Mapping[str, int], current: str | None, *, exact: bool = False
) -> list[dict[str, object]]:
    """One tab a state, with its figure and an address that keeps the other filters."""
    tabs = []
    for state in TABS:
        if state in RARE and not counts.get(state) and state != current:
            continue
        query = asked.copy()
        query.pop("page", None)
        query["state"] = state
        if not state:
            query.pop("state")
        figure = _figure([counts.get(state, 0)] if state else counts.values(), exact=exact)
        tabs.append(
            {
                "state": state,
                "query": query.urlencode(),
                "n": figure.n,
                "more": figure.more,
                "current": (current or "") == state,
            }
        )
    return tabs
