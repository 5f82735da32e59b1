"""What expertise puts into the pages of the rooms below, and its place in the navigation."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from passeur.communities import queries as communities
from passeur.foundation import navigation, slots
from passeur.foundation.counters import counter, waiting
from passeur.foundation.icons import Icon
from passeur.foundation.navigation import NavEntry, Purpose
from passeur.foundation.prepared import Question
from passeur.foundation.reading import NOTHING, Said

from . import policies, queries
from .queries.draft import draft_panel

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.conversations.models import Conversation


def _reader(request: HttpRequest) -> Member:
    return cast("Member", request.user)


def _open_requests(request: HttpRequest) -> int | None:
    return len(waiting(request, "expertise.open")) or None


@counter("expertise.open")
def _open_of(request: HttpRequest) -> Question:
    return queries.open_of.asked(member=request.user.pk)


navigation.register(
    NavEntry(
        Purpose.MINE,
        _("Demandes reçues"),
        Icon("hand-helping"),
        "expertise:referrals",
        order=20,
        count=_open_requests,
        key="d",
    )
)


_REFERRED, _SHOWN = "expertise.referred", "expertise.shown"


@slots.asks("conversation_aside", _REFERRED)
def _referred(*, conversation: Conversation) -> Question | None:
    return queries.referred.asked(conversation=conversation.pk) if conversation.asks else None


@slots.fill("conversation_aside", order=20)
def who_could_help(request: HttpRequest, *, conversation: Conversation, said: Said) -> str:
    """Who could help with a question, and why; who was asked, and what came of it."""
    if said.text(_REFERRED) == NOTHING and not queries.looks_for_people(conversation, _reader(request)):
        return ""
    panel = queries.panel(conversation, _reader(request))
    return render_to_string("expertise/_panel.html", {"panel": panel}, request)


@slots.fill("ask_aside", order=20)
def who_will_be_told(request: HttpRequest, *, community: Community) -> str:
    """Who could be told of the question that is being written."""
    if not policies.can_ask_in(_reader(request), community):
        return ""
    typed = request.POST if request.method == "POST" else request.GET
    context = draft_panel(community, _reader(request), typed, swapped=request.method == "POST")
    return render_to_string("expertise/_ask_aside.html", context, request)


@slots.asks("author_notes", _SHOWN)
def _shown_by_writers(*, conversation: Conversation) -> Question:
    return queries.shown_by_writers.asked(conversation=conversation.pk, community=conversation.community_id)


@slots.tells("author_notes", _SHOWN)
def what_authors_have_shown(said: Said) -> dict[int, str]:
    """Beside each author: the theme of this conversation in which their answers have helped."""
    best = queries.best_of(said.rows(_SHOWN, queries.Shown))
    return {
        person: render_to_string("expertise/_author_note.html", {"shown": theme})
        for person, theme in best.items()
    }


@slots.fill("profile_expertise", order=20)
def what_they_have_shown(request: HttpRequest, *, member: Member, is_mine: bool, told: set[int]) -> str:
    """Themes in which a person's answers have helped, where the reader may see them."""
    common = communities.common_communities(_reader(request), member)
    shown = queries.demonstrated_by(member, list(common))
    told.update(one.theme for one in shown)
    return render_to_string("expertise/_shown.html", {"shown": shown}, request)
