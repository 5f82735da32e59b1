"""Where rituals appear: what comes soon beside the feed, and a tab for the LCM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest
from django.template.loader import render_to_string

from passeur.communities import policies as belonging
from passeur.foundation import slots

from . import policies, queries

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


@slots.fill("feed_aside", order=40)
def soon(request: HttpRequest, *, member: Member, communities: Any) -> str:
    """What comes within a week where one belongs."""
    coming = [(one, queries.in_words(one.at), policies.can_hold(member, one)) for one in queries.soon(member)]
    return render_to_string("rituals/_soon.html", {"coming": coming}, request) if coming else ""


@slots.fill("community_tabs", order=80)
def tab(request: HttpRequest, *, community: Community, tab: str) -> str:
    """For its LCM, the plan."""
    if not belonging.leads(cast("Member", request.user), community):
        return ""
    return render_to_string("rituals/_tab.html", {"community": community, "tab": tab}, request)
