"""Invitations in bulk: a file, what it would do line by line, and then exactly that."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from passeur.communities import queries as communities
from passeur.foundation import limits, spreadsheets
from passeur.foundation.errors import PasseurError
from passeur.foundation.pagination import page
from passeur.foundation.toasts import toast, trouble

from .. import forms, queries, services
from ..choices import BatchState, Verdict
from .entrance import administered, batch_at, reader

PAGE = 50
LATEST = 20


@administered("GET", "POST")
@limits.limited(limits.UPLOADING)
def files(request: HttpRequest) -> HttpResponse:
    """Send a file to be checked; those of the last month."""
    form = forms.PeopleFile(request.POST or None, request.FILES or None)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            # One byte more than is taken says that there is more.
            table = services.read(sent.read(services.MOST_BYTES + 1))
            batch = services.check(table=table, by=reader(request), place=form.cleaned_data["community"])
            if table.ignored:
                said = _("Colonnes laissées de côté : %(columns)s.")
                toast(request, said % {"columns": ", ".join(table.ignored)})
            return redirect("administration:file", batch.pk)
        except PasseurError as refusal:
            form.add_error("file", str(refusal))
    context = {"tab": "invitations", "form": form, "batches": queries.batches()[:LATEST]}
    return render(request, "administration/files.html", context, status=422 if form.errors else 200)


@administered("GET")
def model(request: HttpRequest) -> HttpResponseBase:
    """A file to fill in, with the titles that are understood."""
    example = communities.places().filter(archived_at=None).first()
    rows = services.model(example.name if example else _("Ma communauté"))
    return spreadsheets.response(_("invitations") + ".csv", rows)


@administered("GET")
@never_cache
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """What each line comes to, in the order of the file; afterwards, what came of it."""
    batch = batch_at(pk)
    show = request.GET.get("show", "")
    if show not in {"", "changed", *Verdict.values}:
        raise BadRequest(_("Ce filtre n’existe pas. Choisissez-en un dans la liste."))
    context = {
        "tab": "invitations",
        "batch": batch,
        "counted": queries.counted(batch),
        "page": page(queries.lines(batch, show), request.GET.get("page"), PAGE),
        "show": show,
        "is_checked": batch.state == BatchState.CHECKED,
        "is_running": batch.state == BatchState.RUNNING,
    }
    return render(request, "administration/file.html", context)


@administered("GET")
@never_cache
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, for a page that is open; when it is done, the whole page again."""
    batch = batch_at(pk)
    if batch.state != BatchState.RUNNING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"batch": batch, "counted": queries.counted(batch)}
    return render(request, "administration/_progress.html", context)


@administered("POST")
@limits.limited(limits.INVITING_MANY)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """The second step: do what the page showed."""
    batch = batch_at(pk)
    try:
        services.launch(batch=batch, by=reader(request))
        toast(request, _("C’est lancé. Vous pouvez quitter cette page."))
    except PasseurError as refusal:
        trouble(request, str(refusal))
    return redirect("administration:file", pk)


@administered("POST")
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a file that was not carried out."""
    batch = batch_at(pk)
    try:
        services.drop(batch=batch, by=reader(request))
        toast(request, _("Fichier oublié : personne n’a été invité."))
    except PasseurError as refusal:
        trouble(request, str(refusal))
        return redirect("administration:file", pk)
    return redirect("administration:files")


@administered("POST")
@never_cache
@limits.limited(limits.EXPORTING)
def export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The lines with what became of each, as a table."""
    batch = batch_at(pk)
    rows = services.export_lines(batch=batch, by=reader(request))
    return spreadsheets.response(f"invitations-{batch.pk}.csv", rows)
