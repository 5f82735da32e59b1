"""Finding the thing an address names, among what the reader may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from passeur.communities import queries as communities
from passeur.conversations.queries import lists

from .. import policies
from ..models import Referral

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.conversations.models import Conversation


def reader(request: HttpRequest) -> Member:
    """The member behind a `signed_in` view."""
    return cast("Member", request.user)


def conversation_at(request: HttpRequest, pk: int) -> Conversation:
    rows = lists.visible(reader(request)).select_related("community", "author")
    return get_object_or_404(rows, pk=pk)


def community_at(request: HttpRequest, slug: str) -> Community:
    return get_object_or_404(communities.visible_communities(reader(request)), slug=slug)


def referral_at(request: HttpRequest, pk: int) -> Referral:
    rows = Referral.objects.filter(policies.visible_to(reader(request)))
    return get_object_or_404(
        rows.select_related("conversation__community", "conversation__author", "member"), pk=pk
    )


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page only."""
    return bool(request.headers.get("HX-Request"))
