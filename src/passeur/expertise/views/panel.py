"""Asking people from the page of a question, and seeing who could help while one writes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from passeur.communities import queries as communities
from passeur.foundation import toasts
from passeur.foundation.access import signed_in
from passeur.foundation.errors import PasseurError
from passeur.foundation.policies import require

from .. import policies, queries, services
from ..queries.draft import draft_panel
from .finding import community_at, conversation_at, is_fragment, reader, referral_at


@signed_in
@require_POST
def refer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the question to somebody."""
    conversation = conversation_at(request, pk)
    chosen = request.POST.get("member", "")
    person = get_object_or_404(
        communities.members(conversation.community), pk=int(chosen) if chosen.isdigit() else 0
    )
    try:
        referral = services.refer(conversation=conversation, to=person, by=reader(request))
    except PasseurError as refusal:
        toasts.trouble(request, str(refusal))
        return _panel(request, pk)
    toasts.toast(
        request,
        _("Demande envoyée à %(name)s.") % {"name": person.name},
        undo=reverse("expertise:withdraw", args=[referral.pk]),
    )
    return _panel(request, pk, focus=person.pk)


@signed_in
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request back."""
    referral = referral_at(request, pk)
    try:
        services.withdraw(referral=referral, by=reader(request))
    except PasseurError as refusal:
        toasts.trouble(request, str(refusal))
    else:
        toasts.toast(request, _("Demande à %(name)s retirée.") % {"name": referral.member.name})
    return _panel(request, referral.conversation_id, focus=referral.member_id)


def _panel(request: HttpRequest, conversation_id: int, focus: int | None = None) -> HttpResponse:
    """The panel as it is now, or the page that holds it."""
    if not is_fragment(request):
        return redirect("conversations:detail", pk=conversation_id)
    shown = queries.panel(conversation_at(request, conversation_id), reader(request))
    return render(request, "expertise/_panel.html", {"panel": shown, "focus": focus})


@signed_in
@require_http_methods(["GET", "POST"])
def who(request: HttpRequest, slug: str) -> HttpResponse:
    """While a question is being written: who could be told of it. Nothing is kept.

    By POST where a script asks, since the text of a question does not fit into an address.
    """
    community = community_at(request, slug)
    require(policies.can_ask_in(reader(request), community))
    typed = request.POST if request.method == "POST" else request.GET
    context = draft_panel(community, reader(request), typed, swapped=True)
    return render(request, "expertise/_draft.html", context)
