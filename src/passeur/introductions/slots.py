"""Where introductions appear: the navigation, the feed, a person's page, a community's tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from passeur.communities import policies as belonging
from passeur.communities import queries as communities
from passeur.foundation import memo, navigation, slots
from passeur.foundation.counters import counter, waiting
from passeur.foundation.icons import Icon
from passeur.foundation.navigation import NavEntry, Purpose
from passeur.foundation.prepared import Question

from . import policies, queries

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

    from .queries import Mine


def _waiting(request: HttpRequest) -> list[Mine]:
    member = cast("Member", request.user)
    return memo.once(("introductions.waiting", member.pk), lambda: queries.to_answer(member))


navigation.register(
    NavEntry(
        Purpose.MINE,
        _("Présentations"),
        Icon("heart-handshake"),
        "introductions:mine",
        order=72,
        count=lambda request: len(waiting(request, "introductions.unanswered")) or None,
    )
)


@counter("introductions.unanswered")
def _unanswered(request: HttpRequest) -> Question | None:
    return queries.waiting_for(cast("Member", request.user))


@slots.fill("feed_aside", order=20)
def proposed_to_you(request: HttpRequest, *, member: Member, communities: Any) -> str:
    """The oldest introduction that waits for a yes or a no."""
    found = _waiting(request) if waiting(request, "introductions.unanswered") else []
    if not found:
        return ""
    return render_to_string("introductions/_aside.html", {"one": found[0]}, request)


@slots.fill("profile_aside", order=60)
def introduce(request: HttpRequest, *, member: Member, is_mine: bool) -> str:
    """For an LCM of the person: bring them together with somebody."""
    viewer = cast("Member", request.user)
    if is_mine or not member.introducible or member.email is None or not member.is_active:
        return ""
    places = communities.common_communities(viewer, member)
    if not any(policies.can_propose(viewer, place) for place in places):
        return ""
    return render_to_string("introductions/_introduce.html", {"member": member}, request)


@slots.fill("community_tabs", order=70)
def tab(request: HttpRequest, *, community: Community, tab: str) -> str:
    """For its LCM, what became of introductions."""
    if not belonging.leads(cast("Member", request.user), community):
        return ""
    return render_to_string("introductions/_tab.html", {"community": community, "tab": tab}, request)
