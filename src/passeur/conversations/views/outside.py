"""Links of imported texts to each other: by the ids of the outside place, whatever was imported first."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from passeur.foundation.access import signed_in

from ..queries import outside
from .finding import reader


@signed_in
@require_GET
def arrive(request: HttpRequest, kind: str, address: str, external_id: str) -> HttpResponse:
    """Go on to where that text is here."""
    contribution = outside.contribution_from(reader(request), kind, address, external_id)
    if contribution is None:
        raise Http404
    return redirect("conversations:contribution", pk=contribution.pk)
