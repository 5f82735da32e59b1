"""Who asks for figures, of what, and which page: the same for pages, lists and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest

from passeur.communities import queries as communities
from passeur.foundation.policies import require

from .. import policies
from ..forms import SliceForm
from ..protocols import Page, pages

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


def reader(request: HttpRequest) -> Member:
    """The member behind a `signed_in` view, who steers at least one community."""
    member = cast("Member", request.user)
    require(policies.has_dashboards(member))
    return member


def page_at(slug: str) -> Page:
    """The page of that address."""
    found = next((page for page in pages() if page.slug == slug), None)
    if found is None:
        raise Http404
    return found


def steered(member: Member) -> list[Community]:
    """The communities whose figures `member` reads, by name."""
    return list(communities.visible_communities(member).filter(policies.visible_to(member)))


def form_of(request: HttpRequest) -> SliceForm:
    """The filters of the address."""
    member = reader(request)
    return SliceForm(request.GET, member=member, steered=steered(member))
