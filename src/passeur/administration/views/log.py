"""The audit log: read, narrowed, taken away as a table."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from passeur.foundation import limits, spreadsheets
from passeur.foundation.pagination import page

from .. import forms, queries, services
from .entrance import administered, reader

PAGE = 50


@administered("GET")
def log(request: HttpRequest) -> HttpResponse:
    """The newest first, by act, person and days."""
    form = forms.LogFilter(request.GET)
    if not form.is_valid():
        return render(request, "administration/log.html", {"tab": "log", "form": form}, status=422)
    found = page(queries.entries(form.asked), request.GET.get("page"), PAGE)
    person = form.cleaned_data["person"]
    context = {
        "tab": "log",
        "form": form,
        "page": found,
        "lines": queries.told(found.items),
        "person": queries.named(person) if person else None,
        "kept": [(name, request.GET.get(name, "")) for name in form.fields],
    }
    return render(request, "administration/log.html", context)


@administered("POST")
@never_cache
@limits.limited(limits.EXPORTING)
def export_log(request: HttpRequest) -> HttpResponseBase:
    """The same lines as a table, written while it is sent. That it was taken away is in the log as well."""
    form = forms.LogFilter(request.POST)
    if not form.is_valid():
        raise BadRequest(_("Ce filtre n’existe pas. Revenez au journal et choisissez-en un."))
    lines = services.export_log(asked=form.asked, by=reader(request))
    name = f"passeur-{timezone.localdate().isoformat()}-journal.csv"
    return spreadsheets.response(name, lines)
