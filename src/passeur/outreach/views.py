"""The notes that a member received, and the answers they give."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from passeur.foundation import pagination
from passeur.foundation.access import signed_in
from passeur.foundation.errors import PasseurError
from passeur.foundation.toasts import toast, trouble
from passeur.foundation.views import back
from passeur.notifications import services as notifications

from . import queries, services
from .forms import ReplyForm
from .notices import NOTE

if TYPE_CHECKING:
    from passeur.accounts.models import Member

    from .models import Note

PAGE_SIZE = 20


def _reader(request: HttpRequest) -> Member:
    return cast("Member", request.user)


def _received(request: HttpRequest, pk: int) -> Note:
    note = queries.received_by_id(_reader(request), pk)
    if note is None:
        raise Http404
    return note


@signed_in
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """All notes, newest first."""
    notes = queries.received(_reader(request))
    page = pagination.page(notes, request.GET.get("page"), size=PAGE_SIZE, field="created_at")
    notifications.seen(_reader(request), kind=NOTE.slug)
    return render(
        request, "outreach/notes.html", {"page": page, "waiting": queries.open_count(_reader(request))}
    )


@signed_in
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a note; the answer can be taken back until its mail leaves."""
    note = _received(request, pk)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            written = services.reply(note=note, text=form.cleaned_data["text"], by=_reader(request))
        except PasseurError as refusal:
            trouble(request, str(refusal))
        else:
            undo = reverse("outreach:withdraw", args=[written.pk])
            toast(request, _("Votre réponse part par courriel, dans deux minutes au plus tôt."), undo=undo)
            return redirect("outreach:notes")
    return render(
        request, "outreach/reply.html", {"form": form, "note": note}, status=422 if form.is_bound else 200
    )


@signed_in
@require_POST
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """What the note asked is done."""
    services.finish(note=_received(request, pk), by=_reader(request))
    toast(request, _("C’est noté, merci."), undo=reverse("outreach:reopen", args=[pk]))
    return redirect(back(request, reverse("outreach:notes")))


@signed_in
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """It is not done after all."""
    services.reopen(note=_received(request, pk), by=_reader(request))
    return redirect(f"{reverse('outreach:notes')}#note-{pk}")


@signed_in
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what one wrote."""
    note = queries.by_id(_reader(request), pk)
    if note is None or note.by_id != request.user.pk:
        raise Http404
    try:
        services.withdraw(note=note, by=_reader(request))
        toast(request, _("Votre mot est repris : rien n’est parti."))
    except PasseurError as refusal:
        trouble(request, str(refusal))
    return redirect(back(request, reverse("outreach:notes")))
