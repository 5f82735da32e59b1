"""A page of figures as a file: the same board, the same guard."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from passeur.foundation import spreadsheets
from passeur.foundation.access import signed_in

from ..queries import files
from .asking import form_of, page_at

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
@require_safe
def file(request: HttpRequest, page: str, form: str) -> HttpResponseBase:
    """CSV, XLSX or PDF."""
    shown = page_at(page)
    filters = form_of(request)
    if form not in ("csv", "xlsx", "pdf"):
        raise Http404
    if not filters.is_valid():
        return redirect("dashboards:page", shown.slug)
    part = filters.slice()
    told = files.told(shown, part, shown.board(part))
    name = f"{slugify(str(shown.name))}-{part.period.first}-{part.period.last}.{form}"
    if form == "csv":
        return spreadsheets.response(name, files.lines(told))
    content, kind = (files.workbook(told), XLSX) if form == "xlsx" else (files.pdf(told), "application/pdf")
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
