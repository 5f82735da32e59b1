"""Where notifications appear in the frame: a bell with a dot, and a place among one's own pages."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from passeur.foundation import live, navigation, pure, slots
from passeur.foundation.counters import counter, waiting
from passeur.foundation.icons import Icon
from passeur.foundation.navigation import NavEntry, Purpose
from passeur.foundation.prepared import Question
from passeur.foundation.quick import address
from passeur.foundation.templatetags.foundation import follows

from . import queries
from .choices import BELL

if TYPE_CHECKING:
    from passeur.accounts.models import Member

_FOLLOWS = pure.mark()

navigation.register(NavEntry(Purpose.MENU, _("Notifications"), Icon("bell"), "notifications:list", order=15))
navigation.place("notifications", "notifications:list", shown=navigation.to_members)


@slots.fill("bar", order=40)
def bell(request: HttpRequest) -> str:
    """The bell; the dot says that something is new, and never how much."""
    if not request.user.is_authenticated:
        return ""
    drawn = pure.drawn(
        "notifications/_bell.html",
        news=bool(waiting(request, "notifications.news")),
        is_here=request.path == address("notifications:list"),
        follows=_FOLLOWS,
    )
    return pure.filled(drawn, {_FOLLOWS: follows(request, BELL, request.user.pk)})


@counter("notifications.news")
def _news(request: HttpRequest) -> Question:
    return queries.told_to(cast("Member", request.user))


@live.topic(BELL)
def whose_bell(key: int, among: Collection[int]) -> Collection[int]:
    """Everybody follows their own, and nobody else's."""
    return {key} & set(among)


@slots.fill("me_tabs", order=60)
def tab(request: HttpRequest, *, current: str = "") -> str:
    """Among one's own pages."""
    return render_to_string("notifications/_me_tab.html", {"current": current}, request)
