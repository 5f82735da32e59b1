"""Where sponsors appear: a tab of the community for its LCM."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.template.loader import render_to_string

from passeur.foundation import slots

from . import policies

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


@slots.fill("community_tabs", order=85)
def tab(request: HttpRequest, *, community: Community, tab: str) -> str:
    """For its LCM, who receives the report."""
    if not policies.can_read(cast("Member", request.user), community):
        return ""
    return render_to_string("sponsors/_tab.html", {"community": community, "tab": tab}, request)
