"""What conversations put into pages of the rooms below: navigation, a community's and a theme's page."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from passeur.foundation import live, navigation, palette, slots
from passeur.foundation.icons import Icon
from passeur.foundation.navigation import NavEntry, Purpose
from passeur.foundation.palette import PaletteItem
from passeur.writing import protocols as writing

from . import policies
from .queries import lists, milestones, places, search
from .services.holding import Contributions

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.skills.models import Theme

navigation.register(
    NavEntry(
        Purpose.LEARN,
        _("Échanges"),
        Icon("messages-square"),
        "conversations:everywhere",
        order=20,
        within=r"/(communities/[^/]+/(conversations|new)|conversations|contributions|ask)/",
        key="q",
        tab=3,
    )
)
writing.hold_files(Contributions())
writing.place("conversations.start")(places.starts)
writing.place("conversations.reply")(places.replies)
writing.place("conversations.comment")(places.comments)
writing.place("conversations.edit")(places.edits)
navigation.place("ask", "conversations:ask", shown=navigation.to_members)
navigation.place("search", "conversations:search", shown=navigation.to_members)


@palette.offer(order=40)
def conversations_that_match(request: HttpRequest, query: str) -> Iterator[PaletteItem]:
    """The conversations closest to what is being typed."""
    if not request.user.is_authenticated:
        return
    for conversation in search.titles(request.user, query, most=4):
        address = reverse("conversations:detail", args=[conversation.pk])
        hint = conversation.community.name
        yield PaletteItem(conversation.title, address, Icon("messages-square"), hint)


@slots.fill("community_home", order=20)
def community_home(request: HttpRequest, *, community: Community) -> str:
    """What is in the light, and what was written last."""
    member = cast("Member", request.user)
    context = {
        "community": community,
        "spotlights": lists.spotlights(community),
        "latest": lists.listed(member, lists.Filters(community=community))[:8],
    }
    return render_to_string("conversations/_community_home.html", context, request)


@slots.fill("theme_page", order=20)
def theme_page(request: HttpRequest, *, theme: Theme) -> str:
    """The conversations about a theme."""
    member = cast("Member", request.user)
    filters = lists.Filters(community=theme.community, theme=theme)
    context = {
        "theme": theme,
        "community": theme.community,
        "latest": lists.listed(member, filters)[:10],
        "total": sum(lists.counts_by_state(member, filters).values()),
    }
    return render_to_string("conversations/_theme_page.html", context, request)


@slots.fill("profile", order=40)
def what_they_reached(request: HttpRequest, *, member: Member, is_mine: bool) -> str:
    """What a person did for the first time: all of it for themself, for others what they let be seen."""
    reached = milestones.shown_to(cast("Member", request.user), member)
    if not (reached or is_mine):
        return ""
    shared = milestones.shared_by(member) if is_mine else ()
    context = {"reached": reached, "is_mine": is_mine, "shared": shared}
    return render_to_string("conversations/_milestones.html", context, request)


@live.topic("reactions")
@live.topic("conversation")
def who_may_follow(key: int, among: Collection[int]) -> Collection[int]:
    """Whoever may read a conversation may have its page follow it."""
    found = lists.by_key(key)
    return policies.readers(found, among) if found else ()
