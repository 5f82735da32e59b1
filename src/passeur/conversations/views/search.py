"""The search page: words, filters, results; and what to do when there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from passeur.accounts import queries as people
from passeur.communities import queries as communities
from passeur.foundation import limits, reading
from passeur.foundation.access import signed_in
from passeur.foundation.errors import PasseurError
from passeur.foundation.prepared import Question
from passeur.foundation.reading import Said
from passeur.foundation.text import fold_name
from passeur.skills import queries as skills

from .. import policies
from ..choices import Kind
from ..forms.search import SearchForm
from ..queries.search import Scope, SearchPage, exists_anywhere, search
from ..services import searching
from . import searched
from .finding import reader

if TYPE_CHECKING:
    from passeur.accounts.models import Member

SHORTEST_NAME = 3
"""Letters from which on words are taken for a name."""


@signed_in
@require_safe
@limits.limited(limits.SEARCHING, method="GET")
def results(request: HttpRequest) -> HttpResponse:
    """What answers to the words, best first. Typing in the field shows results but counts as no search."""
    member, text = reader(request), request.GET.get("q", "").replace("\0", "")
    form = SearchForm(request.GET, member=member)
    context: dict[str, Any] = {"form": form, "text": text}
    places = {"places": communities.visible_by_name.asked(member=member.pk)}
    if not form.is_valid():
        return _page(request, context, reading.ask(**places), status=422)
    scope = form.scope()
    context["scope"] = scope
    if "q" not in request.GET or (not text.strip() and not scope.is_narrowed):
        return _page(request, context, reading.ask(**places))
    is_whole = not scope.is_narrowed and "page" not in request.GET
    is_typing = request.headers.get("HX-Trigger-Name") == "q"
    try:
        page = search(
            member,
            text,
            scope=scope,
            cursor=request.GET.get("page", ""),
            typing=is_typing,
            beside=places | _of_that_name(member, text if is_whole else ""),
        )
    except PasseurError as refusal:
        return _page(request, context | {"refusal": refusal}, reading.ask(**places), status=422)
    context["named"] = named = searched.named(page.beside)
    if not page.total and not named:
        context |= _nothing(member, text, page, scope, is_typing=is_typing)
    context |= {"page": page, "rows": searched.rows(page, text, is_typing=is_typing) if page.total else ""}
    return _page(request, context, page.beside)


def _page(request: HttpRequest, context: dict[str, Any], said: Said, status: int = 200) -> HttpResponse:
    scope: Scope = context.get("scope", Scope())
    context["fields"] = searched.fields(
        context["form"],
        said.of("places"),
        scope,
        skills.themes(scope.community) if scope.community else (),
        text=context["text"],
        refused="refusal" in context,
        opened=request.headers.get("HX-Trigger") == "chercher-plus",
    )
    return render(request, "conversations/search.html", context, status=status)


def _of_that_name(member: Member, text: str) -> dict[str, Question | None]:
    """The people and the themes that go by these words: the field in the bar promises them too."""
    name = fold_name(text)
    if len(name) < SHORTEST_NAME:
        return {"people": None, "named": None}
    return {
        "people": people.named_asked(member, name, most=3),
        "named": skills.own_themes_named_asked(member, name),
    }


def _nothing(member: Member, text: str, page: SearchPage, scope: Scope, *, is_typing: bool) -> dict[str, Any]:
    """Why there is nothing, remembered where it is a need, and where to ask."""
    if scope.is_narrowed and exists_anywhere(member, page.query, scope.community):
        wider = {"q": text, "community": scope.community.slug if scope.community else ""}
        return {"wider_url": f"{reverse('conversations:search')}?{urlencode(wider)}"}
    mine = [membership.community for membership in communities.memberships_of(member)]
    if not is_typing:
        searching.remember_miss(text=text, communities=[scope.community] if scope.community else mine)
    places = [scope.community] if scope.community else mine
    asked = [place for place in places if policies.can_start(member, place, Kind.QUESTION)]
    if not asked:
        return {}
    one = len(asked) == 1
    address = (
        reverse("conversations:start", args=[asked[0].slug, Kind.QUESTION.value])
        if one
        else reverse("conversations:ask")
    )
    return {"ask_url": f"{address}?{urlencode({'title': text.strip()})}"}
