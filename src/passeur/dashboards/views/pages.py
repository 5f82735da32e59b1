"""A page of figures, and the list behind each tile."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from passeur.conversations.queries import lists
from passeur.foundation import pagination
from passeur.foundation.access import signed_in
from passeur.skills import queries as skills

from ..forms import DEFAULT, WIDEST, SliceForm
from ..protocols import Page, Slice, Tile, pages
from .asking import form_of, here, page_at


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first of the pages, of the community of the bar if there are several to choose from."""
    community = here(request)
    chosen = f"?community={community.slug}" if community else ""
    return redirect(reverse("dashboards:page", args=[pages()[0].slug]) + chosen)


@signed_in
@require_safe
def page(request: HttpRequest, page: str) -> HttpResponse:
    """Sentence, tiles and charts of what the filters choose."""
    shown = page_at(page)
    form = form_of(request)
    context = _around(request, shown, form)
    if form.elsewhere:
        return redirect(_without(request, form.elsewhere))
    if not form.is_valid():
        return render(request, "dashboards/page.html", context, status=422)
    part = form.slice()
    board = shown.board(part)
    context |= {
        "part": part,
        "board": board,
        "tiles": [
            (
                heading,
                [
                    (
                        tile,
                        _address("dashboards:list", request, shown.slug, tile.key)
                        if _is_listed(tile, part)
                        else "",
                    )
                    for tile in some
                ],
            )
            for heading, some in groupby(board.tiles, key=attrgetter("heading"))
        ],
        "wider": _wider(request, shown, part) if board.is_empty else "",
        "files": [
            (form_name, _address("dashboards:file", request, shown.slug, form_name))
            for form_name in ("pdf", "xlsx", "csv")
        ],
    }
    return render(request, "dashboards/page.html", context)


@signed_in
@require_safe
def listing(request: HttpRequest, page: str, tile: str) -> HttpResponse:
    """Exactly what a tile counts, newest first."""
    shown = page_at(page)
    form = form_of(request)
    if not form.is_valid():
        return redirect(_address("dashboards:page", request, shown.slug))
    part = form.slice()
    keys = None if part.team else shown.listed(part, tile)
    if keys is None:
        raise Http404
    named = next((one.name for one in shown.board(part).tiles if one.key == tile), str(shown.name))
    rows = lists.listed(part.member, lists.Filters()).filter(pk__in=keys).order_by("-created_at", "-pk")
    context = _around(request, shown, form) | {
        "part": part,
        "name": named,
        "count": len(keys),
        "page": pagination.page(rows, request.GET.get("page"), size=25),
        "back": _address("dashboards:page", request, shown.slug),
    }
    return render(request, "dashboards/list.html", context)


def _is_listed(tile: Tile, part: Slice) -> bool:
    """Whether a list stands behind a tile: that of a team's exchanges would say who is of the team."""
    return tile.has_list and not part.team


def _around(request: HttpRequest, shown: Page, form: SliceForm) -> dict[str, Any]:
    """Tabs and filters."""
    form.is_valid()
    return {
        "shown": shown,
        "form": form,
        "chosen_period": request.GET.get("period") or DEFAULT,
        "themes": _options(form),
        "tabs": [(one, _address("dashboards:page", request, one.slug)) for one in pages()],
    }


def _options(form: SliceForm) -> SafeString:
    """The themes to choose from, the chosen one marked. There may be hundreds: a template takes too long."""
    theme = form.cleaned_data.get("theme") if form.is_valid() else None
    chosen = theme.slug if theme else form.data.get("theme")
    lines = skills.theme_lines(form.chosen) if form.chosen else []
    return mark_safe(  # noqa: S308 - slugs are letters, digits and hyphens, and names are escaped
        "".join(
            f'<option value="{one.slug}"{" selected" if one.slug == chosen else ""}>'
            f"{escape(one.name)}</option>"
            for one in lines
        )
    )


def _without(request: HttpRequest, filters: Sequence[str]) -> str:
    """The address of the same page without some filters."""
    query = request.GET.copy()
    for name in filters:
        del query[name]
    return f"{request.path}?{query.urlencode()}"


def _wider(request: HttpRequest, shown: Page, part: Slice) -> str:
    """The address of the longest period offered, where the one looked at is shorter."""
    if not shown.widens or part.period.weeks >= int(WIDEST):
        return ""
    query = request.GET.copy()
    query["period"] = WIDEST
    return reverse("dashboards:page", args=[shown.slug]) + f"?{query.urlencode()}"


def _address(name: str, request: HttpRequest, *arguments: str) -> str:
    """An address that keeps the filters."""
    query = request.GET.copy()
    query.pop("page", None)
    asked = query.urlencode()
    return reverse(name, args=arguments) + (f"?{asked}" if asked else "")
