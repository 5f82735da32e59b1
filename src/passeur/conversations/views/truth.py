"""Saying of an accepted answer or of an experience that it still holds, or no longer does, by POST."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from passeur.foundation import toasts
from passeur.foundation.access import signed_in
from passeur.foundation.errors import PasseurError
from passeur.foundation.policies import require

from .. import policies, services
from ..forms.writing import OutdatedForm
from ..models import Conversation
from ..services import verifying
from .finding import conversation_at, reader


@signed_in
@require_POST
def holds(request: HttpRequest, pk: int) -> HttpResponse:
    """It still holds."""
    conversation = conversation_at(request, pk)
    try:
        services.say_it_holds(conversation=conversation, by=reader(request))
    except PasseurError as refusal:
        toasts.trouble(request, str(refusal))
    else:
        toasts.toast(request, _("Noté : c’est toujours vrai."), undo=_undo(conversation))
    return _to(conversation)


@signed_in
@require_http_methods(["GET", "POST"])
def outdated(request: HttpRequest, pk: int) -> HttpResponse:
    """It no longer holds, and why."""
    conversation = conversation_at(request, pk)
    require(policies.can_doubt(reader(request), conversation))
    form = OutdatedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.say_it_no_longer_holds(
                conversation=conversation, reason=form.cleaned_data["reason"], by=reader(request)
            )
        except PasseurError as refusal:
            toasts.trouble(request, str(refusal))
        else:
            said = _("C’est dit au-dessus du texte, et à qui l’a écrit.")
            toasts.toast(request, said, undo=_undo(conversation))
        return _to(conversation)
    context = {"form": form, "conversation": conversation}
    return render(request, "conversations/outdated.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def take_back(request: HttpRequest, pk: int, said: int) -> HttpResponse:
    """It was not meant so."""
    conversation = conversation_at(request, pk)
    try:
        services.take_verification_back(conversation=conversation, said=said, by=reader(request))
    except PasseurError as refusal:
        toasts.trouble(request, str(refusal))
    else:
        toasts.toast(request, _("C’est retiré."))
    return _to(conversation)


def _undo(conversation: Conversation) -> str:
    last = verifying.standing(conversation)
    return "" if last is None else reverse("conversations:take-back", args=[conversation.pk, last.pk])


def _to(conversation: Conversation) -> HttpResponse:
    text = verifying.lasting(conversation)
    at = f"#contribution-{text.pk}" if text is not None else ""
    return redirect(reverse("conversations:detail", args=[conversation.pk]) + at)
