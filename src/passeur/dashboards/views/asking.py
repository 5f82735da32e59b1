"""Who asks for figures, of what, and which page: the same for pages, lists and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest

from passeur.communities import queries as communities
from passeur.communities.services import remember
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


def here(request: HttpRequest) -> Community | None:
    """The community of the bar, where the reader steers it and others: figures begin with it."""
    member = reader(request)
    mine = steered(member)
    current = communities.current_community(member, request.session) if len(mine) > 1 else None
    return current if current in mine else None


def form_of(request: HttpRequest) -> SliceForm:
    """The filters of the address. The bar follows to the community that is chosen among them."""
    member = reader(request)
    form = SliceForm(request.GET, member=member, steered=steered(member))
    if form.is_valid() and form.cleaned_data["community"]:
        remember(request.session, form.cleaned_data["community"])
    return form
