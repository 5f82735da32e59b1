"""What the views of this room share: who reads, and which community."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from passeur.foundation.policies import require

from .. import policies, queries, services
from ..models import Community

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def reader(request: HttpRequest) -> Member:
    """The member behind a `signed_in` view."""
    return cast("Member", request.user)


def community_at(request: HttpRequest, slug: str) -> Community:
    """The community of that address, remembered as the current one; 404 where it may not be read."""
    community = get_object_or_404(queries.visible_communities(reader(request)), slug=slug)
    services.remember(request.session, community)
    return community


def led_community(request: HttpRequest, slug: str) -> Community:
    """The same, for its LCM only, archived or not."""
    community = community_at(request, slug)
    require(policies.leads(reader(request), community))
    return community


def around(request: HttpRequest, community: Community, tab: str, **more: Any) -> dict[str, Any]:
    """What every page of a community needs: the community, the tab, what the reader can do here."""
    member = reader(request)
    return {
        "community": community,
        "tab": tab,
        "role": policies.member_role(member, community),
        "leads": policies.leads(member, community),
        "can_manage": policies.can_manage(member, community),
        "can_join": policies.can_join(member, community),
        "must_accept": policies.must_accept_charter(member, community) and not community.is_archived,
        **more,
    }
