"""One gesture each, by POST, with its undo; the list comes again as it is then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from passeur.conversations import services as conversations
from passeur.conversations.queries import lists
from passeur.foundation.access import signed_in
from passeur.foundation.toasts import toast, trouble
from passeur.foundation.views import back
from passeur.skills import queries as skill_queries
from passeur.skills import services as skills

from .. import services
from .pages import context_of, reader

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.conversations.models import Conversation
    from passeur.skills.models import Theme

WHERE = ("view", "community", "since")
"""What the address of a feed says."""


WHOLE = "fil"
"""The id of the feed in its page."""


def as_it_is(request: HttpRequest, *, at: str = WHOLE) -> HttpResponse:
    """The feed that the form came from, as a fragment in its place; without htmx, the page it names.

    There, focus goes to `at`, an id of the feed: what the gesture was about, where it is there again.
    """
    asked: Mapping[str, str] = request.POST
    where = {name: asked[name] for name in WHERE if asked.get(name)}
    if not request.headers.get("HX-Request"):
        feed = reverse("feed:mine")
        address = back(request, f"{feed}?{urlencode(where)}" if where else feed)
        return redirect(f"{address}#{at}" if address.partition("?")[0] == feed else address)
    place = asked.get("place", "")
    context = context_of(request, where, place=int(place) if place.isdecimal() else 0)
    response = render(request, "feed/_feed.html", context)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#fil", "outerHTML"
    return response


@signed_in
@require_POST
def been_round(request: HttpRequest) -> HttpResponse:
    """All of it is seen."""
    until = _moment(request.POST.get("until", ""))
    if until is None or until.tzinfo is None:
        trouble(request, _("Ouvrez de nouveau votre fil, puis recommencez : ce moment n’est pas lisible."))
    elif services.been_round(until=until, by=reader(request)):
        toast(request, _("C’est noté : votre fil repart d’ici."), undo=reverse("feed:unround"))
    return as_it_is(request)


def _moment(words: str) -> dt.datetime | None:
    try:
        return parse_datetime(words)
    except ValueError:
        return None


@signed_in
@require_POST
def back_to_before(request: HttpRequest) -> HttpResponse:
    """Not seen after all."""
    services.back_to_before(by=reader(request))
    toast(request, _("Votre fil est de nouveau comme avant."))
    return as_it_is(request)


@signed_in
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """The themes ticked in the first-time chooser; none is a choice too."""
    member = reader(request)
    keys = [int(key) for key in request.POST.getlist("theme") if key.isdecimal()][:100]
    themes = list(skill_queries.own_themes(member).filter(pk__in=keys)) if keys else []
    services.choose_themes(themes=themes, by=member)
    if themes:
        toast(request, _("C’est noté. Vous pouvez changer d’avis dans « Régler mon fil »."))
    return redirect(f"{reverse('feed:mine')}#{WHOLE}")


@signed_in
@require_POST
def on_theme(request: HttpRequest, pk: int, gesture: str) -> HttpResponse:
    """Less of a theme, or as before; follow it, or no longer."""
    if gesture not in _ON_THEME:
        raise Http404
    member = reader(request)
    theme = get_object_or_404(skill_queries.visible_themes(member), pk=pk)
    act, said, opposite = _ON_THEME[gesture]
    act(theme, member)
    undo = reverse("feed:theme", args=[pk, opposite])
    toast(request, said() % {"theme": theme.name}, undo="" if opposite in UNDOING else undo)
    return as_it_is(request)


@signed_in
@require_POST
def on_conversation(request: HttpRequest, pk: int, gesture: str) -> HttpResponse:
    """Not this time, or after all; follow a conversation, or no longer."""
    if gesture not in _ON_CONVERSATION:
        raise Http404
    member = reader(request)
    conversation = get_object_or_404(lists.visible(member).select_related("community"), pk=pk)
    act, said, opposite = _ON_CONVERSATION[gesture]
    act(conversation, member)
    undo = reverse("feed:conversation", args=[pk, opposite])
    toast(request, said(), undo="" if opposite in UNDOING else undo)
    return as_it_is(request, at=f"entry-{pk}")


UNDOING = ("less", "unfollow", "pass")
"""A gesture whose opposite is one of these is itself the undoing."""

ThemeGesture = tuple[Callable[["Theme", "Member"], object], Callable[[], str], str]
_ON_THEME: dict[str, ThemeGesture] = {
    "less": (
        lambda theme, member: services.less_of(theme=theme, by=member),
        lambda: _("Moins de « %(theme)s » dans votre fil. Ces échanges restent dans les autres onglets."),
        "more",
    ),
    "more": (
        lambda theme, member: services.no_longer_less_of(theme=theme, by=member),
        lambda: _("« %(theme)s » est de retour dans votre fil."),
        "less",
    ),
    "unfollow": (
        lambda theme, member: skills.unfollow_theme(theme=theme, member=member),
        lambda: _("Vous ne suivez plus « %(theme)s »."),
        "follow",
    ),
    "follow": (
        lambda theme, member: skills.follow_theme(theme=theme, member=member),
        lambda: _("Vous suivez « %(theme)s »."),
        "unfollow",
    ),
}
ConversationGesture = tuple[Callable[["Conversation", "Member"], object], Callable[[], str], str]
_ON_CONVERSATION: dict[str, ConversationGesture] = {
    "pass": (
        lambda conversation, member: services.pass_over(conversation=conversation, by=member),
        lambda: _("Pas cette fois : c’est noté, personne n’en est averti."),
        "back",
    ),
    "back": (
        lambda conversation, member: services.take_back(conversation=conversation, by=member),
        lambda: _("La question est de retour dans votre fil."),
        "pass",
    ),
    "unfollow": (
        lambda conversation, member: conversations.unfollow(conversation=conversation, by=member),
        lambda: _("Vous ne suivez plus cet échange."),
        "follow",
    ),
    "follow": (
        lambda conversation, member: conversations.follow(conversation=conversation, by=member),
        lambda: _("Vous suivez de nouveau cet échange."),
        "unfollow",
    ),
}
