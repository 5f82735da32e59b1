"""Where the feed appears in the navigation, and the way to its settings."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from passeur.foundation import navigation, slots
from passeur.foundation.icons import Icon
from passeur.foundation.navigation import NavEntry, Purpose

navigation.register(
    NavEntry(
        Purpose.LEARN,
        _("Mon fil"),
        Icon("newspaper"),
        "feed:mine",
        order=10,
        key="f",
        tab=2,
    )
)


@slots.fill("me_tabs", order=40)
def settings_tab(request: HttpRequest, *, current: str) -> str:
    """The way to what one's feed is made of."""
    return render_to_string("feed/_me_tab.html", {"current": current}, request)
