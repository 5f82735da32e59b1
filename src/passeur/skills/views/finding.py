"""What the views of this room share: who reads, which community, which theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from passeur.communities import policies as community_policies
from passeur.communities import queries as communities
from passeur.communities import services as community_services
from passeur.foundation.policies import require

from .. import policies, queries
from ..models import Theme

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


def reader(request: HttpRequest) -> Member:
    """The member behind a `signed_in` view."""
    return cast("Member", request.user)


def community_at(request: HttpRequest, slug: str) -> Community:
    """The community of that address, remembered as the current one; 404 where it may not be read."""
    community = get_object_or_404(communities.visible_communities(reader(request)), slug=slug)
    community_services.remember(request.session, community)
    return community


def theme_at(community: Community, slug: str) -> Theme:
    """The theme of that address, merged or not."""
    theme = queries.theme_by_slug(community, slug)
    if theme is None:
        raise Http404
    return theme


def managed_theme(request: HttpRequest, slug: str, theme_slug: str) -> Theme:
    """A theme that the reader may change."""
    community = community_at(request, slug)
    require(policies.can_manage(reader(request), community))
    theme = theme_at(community, theme_slug)
    if theme.merged_into is not None:
        raise Http404
    return theme


def around(request: HttpRequest, community: Community, **more: Any) -> dict[str, Any]:
    """What every page of themes needs."""
    member = reader(request)
    return {
        "community": community,
        "tab": "themes",
        "leads": community_policies.leads(member, community),
        "can_manage": policies.can_manage(member, community),
        "can_state": community_policies.is_member(member, community) and not community.is_archived,
        **more,
    }
