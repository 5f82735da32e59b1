"""The notes that a member received."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from passeur.foundation import pagination
from passeur.foundation.access import signed_in
from passeur.foundation.errors import PasseurError
from passeur.foundation.toasts import toast, trouble
from passeur.foundation.views import back

from . import queries, services
from .forms import ReplyForm

if TYPE_CHECKING:
    from passeur.accounts.models import Member

    from .models import Note


def _reader(request: HttpRequest) -> Member:
    return cast("Member", request.user)


def _note(request: HttpRequest, pk: int) -> Note:
    note = queries.by_id(_reader(request), pk)
    if note is None:
        raise Http404
    return note


@signed_in
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """All notes, newest first."""
    page = pagination.page(
        queries.received(_reader(request)), request.GET.get("page"), size=20, field="created_at"
    )
    return render(request, "outreach/notes.html", {"page": page})


@signed_in
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a note."""
    note = _note(request, pk)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.reply(note=note, text=form.cleaned_data["text"], by=_reader(request))
        toast(request, _("Votre réponse est envoyée."))
        return redirect("outreach:notes")
    return render(
        request, "outreach/reply.html", {"form": form, "note": note}, status=422 if form.is_bound else 200
    )


@signed_in
@require_POST
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """What the note asked is done."""
    services.finish(note=_note(request, pk), by=_reader(request))
    toast(request, _("C’est noté, merci."))
    return redirect("outreach:notes")


@signed_in
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a note back."""
    try:
        services.withdraw(note=_note(request, pk), by=_reader(request))
        toast(request, _("Le mot est repris, rien n’est parti."))
    except PasseurError as refusal:
        trouble(request, str(refusal))
    return redirect(back(request))
