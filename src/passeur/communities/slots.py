"""What communities put into the frame and into pages of the rooms below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from passeur.foundation import memo, navigation, pure, slots
from passeur.foundation.counters import counter, waiting
from passeur.foundation.icons import Icon
from passeur.foundation.navigation import NavEntry, Purpose
from passeur.foundation.prepared import Question
from passeur.foundation.quick import address

from . import policies, queries

if TYPE_CHECKING:
    from passeur.accounts.models import Member

    from .models import Community


def here(request: HttpRequest) -> Community | None:
    """The current community, asked once in a request."""
    member = request.user
    if not member.is_authenticated:
        return None
    return memo.once(
        ("communities.here", member.pk), lambda: queries.current_community(member, request.session)
    )


def leads_here(request: HttpRequest) -> bool:
    """Whether the reader is the LCM of the current community."""
    community = here(request)
    return community is not None and policies.leads(cast("Member", request.user), community)


def _of_here(url_name: str, request: HttpRequest) -> str:
    community = here(request)
    return address(url_name, community.slug) if community else address("communities:list")


navigation.register(
    NavEntry(Purpose.LEARN, _("Communautés"), Icon("compass"), "communities:list", order=40, key="c")
)
navigation.register(
    NavEntry(
        Purpose.LEAD,
        _("Membres"),
        Icon("users"),
        "communities:members",
        order=60,
        shown=leads_here,
        count=lambda request: _waiting_claims(request),
        url=lambda request: _of_here("communities:members", request),
    )
)
navigation.register(
    NavEntry(
        Purpose.LEAD,
        _("Réglages"),
        Icon("settings"),
        "communities:settings",
        order=70,
        shown=leads_here,
        url=lambda request: _of_here("communities:settings", request),
    )
)
navigation.register(
    NavEntry(
        Purpose.FOOT,
        _("Charte de la communauté"),
        Icon("scroll-text"),
        "communities:charter",
        order=30,
        shown=lambda request: here(request) is not None,
        url=lambda request: _of_here("communities:charter", request),
    )
)


def _waiting_claims(request: HttpRequest) -> int | None:
    return len(waiting(request, "communities.claims"))


@counter("communities.claims")
def _claims(request: HttpRequest) -> Question | None:
    community = here(request)
    if community is None or not policies.leads(cast("Member", request.user), community):
        return None
    return queries.waiting_claims.asked(community=community.pk)


@dataclass(frozen=True, slots=True)
class Option:
    """A community one may change to."""

    name: str
    url: str
    current: bool


@slots.fill("switcher")
def switcher(request: HttpRequest) -> str:
    """The current community, and the way to the others."""
    if not request.user.is_authenticated:
        return ""
    current = here(request)
    mine = [membership.community for membership in policies.belonging(request.user)]
    return pure.drawn_from(
        "foundation/_switcher.html",
        _to_change_to,
        current=(current.slug, current.name) if current else None,
        mine=tuple([(one.slug, one.name) for one in mine if not one.is_archived or one == current]),
    )


def _to_change_to(current: tuple[str, str] | None, mine: tuple[tuple[str, str], ...]) -> dict[str, object]:
    return {
        "current": current[1] if current else gettext("Communautés"),
        "options": [
            Option(name, reverse("communities:detail", args=[slug]), (slug, name) == current)
            for slug, name in mine
        ],
        "all_url": reverse("communities:list"),
    }


@slots.fill("profile", order=30)
def common_communities(request: HttpRequest, *, member: Member, is_mine: bool) -> str:
    """Where the reader and the person both belong."""
    viewer = cast("Member", request.user)
    context = {"communities": queries.common_communities(viewer, member), "is_mine": is_mine}
    return render_to_string("communities/_common.html", context, request)


@slots.fill("whom_to_tell")
def animators_here(request: HttpRequest) -> str:
    """Who animates the community that the reader is in: whom they may tell of what stops them."""
    community = here(request)
    found = list(queries.animators(community)) if community is not None else []
    if not found:
        return ""
    context = {"community": community, "animators": found}
    return render_to_string("communities/_whom_to_tell.html", context, request)


@slots.fill("profile_aside", order=80)
def claim(request: HttpRequest, *, member: Member, is_mine: bool) -> str:
    """On an imported member: « it is me », and for the LCM the way to invite the person."""
    if not member.is_imported:
        return ""
    viewer = cast("Member", request.user)
    places = [
        (community, policies.can_manage(viewer, community))
        for community in queries.claimable_in(viewer, member)
    ]
    context = {"member": member, "places": places}
    return render_to_string("communities/_claim.html", context, request) if places else ""
