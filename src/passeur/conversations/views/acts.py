"""One act each, by POST: accept, react, follow, close, delete, link, spotlight; and how to undo it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from passeur.foundation import toasts
from passeur.foundation.access import signed_in
from passeur.foundation.errors import PasseurError
from passeur.foundation.policies import require

from .. import policies, services
from ..choices import ClosedReason, LinkKind, Meaning
from ..forms.writing import CloseForm, LinkForm, SpotlightForm
from ..models import Conversation
from ..queries import lists, reactions
from .finding import contribution_at, conversation_at, is_fragment, reader
from .threads import permanent_address


def _try(request: HttpRequest, act: Callable[[], object], done: str, *, undo: str = "") -> None:
    """Do it and say so, or say why not."""
    try:
        act()
    except PasseurError as refusal:
        toasts.trouble(request, str(refusal))
    else:
        toasts.toast(request, done, undo=undo)


def _to(conversation: Conversation) -> HttpResponse:
    return redirect("conversations:detail", pk=conversation.pk)


@signed_in
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """This answer solved the question."""
    answer = contribution_at(request, pk)
    question = answer.conversation
    _try(
        request,
        lambda: services.accept_answer(answer=answer, question=question, by=reader(request)),
        _("Réponse acceptée : la question est résolue."),
        undo=reverse("conversations:withdraw", args=[question.pk]),
    )
    return redirect(permanent_address(answer))


@signed_in
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """No answer solved it after all."""
    question = conversation_at(request, pk)
    _try(
        request,
        lambda: services.withdraw_acceptance(question=question, by=reader(request)),
        _("La question est de nouveau ouverte."),
    )
    return _to(question)


@signed_in
@require_POST
def react(request: HttpRequest, pk: int, meaning: str) -> HttpResponse:
    """Say what a text did for you, or take it back."""
    contribution = contribution_at(request, pk)
    if meaning not in Meaning.values:
        return HttpResponse(status=404)
    services.react(contribution=contribution, meaning=Meaning(meaning), by=reader(request))
    if is_fragment(request):
        context = {
            "contribution": contribution,
            "reactions": reactions.on(contribution, reader(request)),
        }
        return render(request, "conversations/_reactions.html", context)
    return redirect(permanent_address(contribution))


@signed_in
@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow a conversation, or stop."""
    conversation = conversation_at(request, pk)
    follows = request.POST.get("follow") == "1"
    (services.follow if follows else services.unfollow)(conversation=conversation, by=reader(request))
    if is_fragment(request):
        return render(
            request, "conversations/_follow.html", {"conversation": conversation, "follows": follows}
        )
    return _to(conversation)


@signed_in
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a conversation, with the reason."""
    conversation = conversation_at(request, pk)
    require(policies.can_close(reader(request), conversation))
    form = CloseForm(request.POST or None, kind=conversation.kind)
    if request.method == "POST" and form.is_valid():
        reason = ClosedReason(form.cleaned_data["reason"])
        _try(
            request,
            lambda: services.close(conversation=conversation, reason=reason, by=reader(request)),
            _("L’échange est clos."),
            undo=reverse("conversations:reopen", args=[pk]),
        )
        return _to(conversation)
    context = {"form": form, "conversation": conversation}
    return render(request, "conversations/close.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a conversation again."""
    conversation = conversation_at(request, pk)
    _try(
        request,
        lambda: services.reopen(conversation=conversation, by=reader(request)),
        _("L’échange est rouvert."),
    )
    return _to(conversation)


@signed_in
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Link a conversation to another: the same question, or a close one."""
    conversation = conversation_at(request, pk)
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        target = get_object_or_404(lists.visible(reader(request)), pk=form.cleaned_data["target"])
        kind = LinkKind.DUPLICATE if form.cleaned_data["same"] else LinkKind.RELATED
        _try(
            request,
            lambda: services.link(source=conversation, target=target, kind=kind, by=reader(request)),
            _("Les deux échanges sont reliés."),
        )
        return _to(conversation)
    context = {"form": form, "conversation": conversation}
    return render(request, "conversations/link.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a text out of the thread."""
    contribution = contribution_at(request, pk)
    _try(
        request,
        lambda: services.delete(contribution=contribution, by=reader(request)),
        _("Le texte est retiré de l’échange."),
        undo=reverse("conversations:restore", args=[pk]),
    )
    return redirect(permanent_address(contribution))


@signed_in
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a text back."""
    contribution = contribution_at(request, pk)
    _try(
        request,
        lambda: services.restore(contribution=contribution, by=reader(request)),
        _("Le texte est de retour."),
    )
    return redirect(permanent_address(contribution))


@signed_in
@require_http_methods(["GET", "POST"])
def spotlight(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a contribution on the first page of its community."""
    contribution = contribution_at(request, pk)
    require(policies.can_spotlight(reader(request), contribution))
    form = SpotlightForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _try(
            request,
            lambda: services.spotlight(
                contribution=contribution, reason=form.cleaned_data["reason"], by=reader(request)
            ),
            _("À la une de la communauté."),
            undo=reverse("conversations:end-spotlight", args=[pk]),
        )
        return redirect(permanent_address(contribution))
    context = {"form": form, "contribution": contribution, "conversation": contribution.conversation}
    return render(request, "conversations/spotlight.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def end_spotlight(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a contribution off the first page."""
    contribution = contribution_at(request, pk)
    _try(
        request,
        lambda: services.end_spotlight(contribution=contribution, by=reader(request)),
        _("Retirée de la une."),
    )
    return redirect(permanent_address(contribution))
