"""Finding the thing an address names, among what the reader may see; the rest does not exist for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from passeur.communities import queries as communities
from passeur.communities import services as community_services

from .. import queries
from ..models import Contribution, Conversation

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


def reader(request: HttpRequest) -> Member:
    """The member behind a `signed_in` view."""
    return cast("Member", request.user)


def community_at(request: HttpRequest, slug: str) -> Community:
    """The community of that address; it is the current one from now on."""
    found = communities.by_slug(reader(request), slug)
    if found is None:
        raise Http404
    community_services.remember(request.session, found)
    return found


def conversation_at(request: HttpRequest, pk: int) -> Conversation:
    """The conversation of that address."""
    found = queries.lists.to_show(reader(request), pk)
    if found is None:
        raise Http404
    return found


def contribution_at(request: HttpRequest, pk: int) -> Contribution:
    """The contribution of that address, in a conversation the reader may see."""
    rows = Contribution.objects.select_related("conversation__community", "author", "parent")
    return get_object_or_404(rows.filter(conversation__in=queries.lists.visible(reader(request))), pk=pk)


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page only."""
    return bool(request.headers.get("HX-Request"))
