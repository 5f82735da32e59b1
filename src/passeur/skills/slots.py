"""What the skills room puts into pages of the rooms below: a community's, and a person's."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.template.loader import render_to_string

from passeur.foundation import slots

from . import queries

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


@slots.fill("community_tabs", order=20)
def themes_tab(request: HttpRequest, *, community: Community, tab: str) -> str:
    """The way to the themes."""
    return render_to_string("skills/_tab.html", {"community": community, "tab": tab}, request)


@slots.fill("community_aside", order=20)
def community_themes(request: HttpRequest, *, community: Community) -> str:
    """The roots of the tree."""
    roots = queries.roots(community)
    return render_to_string(
        "skills/_community_themes.html", {"community": community, "roots": roots}, request
    )


@slots.fill("me_tabs", order=20)
def statements_tab(request: HttpRequest, *, current: str) -> str:
    """The way to one's own statements."""
    return render_to_string("skills/_me_tab.html", {"current": current}, request)


@slots.fill("profile_expertise", order=60)
def declared(request: HttpRequest, *, member: Member, is_mine: bool, told: set[int]) -> str:
    """What a person says they can help with, but for what their answers have shown already."""
    stated = queries.declared_by(member, viewer=cast("Member", request.user))
    themes = [theme for theme in stated if theme.pk not in told]
    return render_to_string("skills/_declared.html", {"themes": themes, "is_mine": is_mine}, request)


@slots.fill("profile_aside", order=40)
def followed(request: HttpRequest, *, member: Member, is_mine: bool) -> str:
    """What a person would like to learn."""
    themes = queries.followed_by(member, viewer=cast("Member", request.user))
    return render_to_string("skills/_followed.html", {"themes": themes, "is_mine": is_mine}, request)
