"""Where the desk appears in the navigation, and what a person sees about themself in their profile."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from passeur.communities.queries import scopes
from passeur.foundation import live, navigation, slots
from passeur.foundation.icons import Icon
from passeur.foundation.navigation import NavEntry, Purpose
from passeur.introductions import queries as meetings

from . import policies
from .cues.people import named_first
from .queries import about_me

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def _has_desk(request: HttpRequest) -> bool:
    return request.user.is_authenticated and policies.has_desk(request.user)


navigation.register(
    NavEntry(
        Purpose.LEAD,
        _("Ma journée"),
        Icon("sunrise"),
        "desk:today",
        order=10,
        shown=_has_desk,
        key="j",
        tab=1,
    )
)
navigation.place("home", "desk:home")
meetings.name_first(named_first)


@slots.fill("profile", order=80)
def lists_with_me(request: HttpRequest, *, member: Member, is_mine: bool) -> str:
    """Which lists of people one stood in, who read them, and what for: for oneself only."""
    if not is_mine:
        return ""
    context = {"consultations": about_me(member)}
    return render_to_string("desk/_lists_with_me.html", context, request)


@live.topic("desk")
def who_works_there(key: int, among: Collection[int]) -> Collection[int]:
    """Those who animate a community have their desk follow what the others do there."""
    return next((policies.workers(community, among) for community in scopes.by_id([key])), ())
