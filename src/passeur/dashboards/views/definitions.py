"""What every figure means, with its formula and its source: for whoever signs in, as no figure is in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from passeur.engagement.policies import SMALLEST, SMALLEST_FOR_MANAGERS
from passeur.foundation.access import signed_in

from ..protocols import of_page, pages


@signed_in
@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """All of them, page by page, each at an address of its own; and what holds for all figures."""
    context = {
        "pages": [(page, of_page(page.slug)) for page in pages()],
        "smallest": SMALLEST,
        "smallest_for_managers": SMALLEST_FOR_MANAGERS,
    }
    return render(request, "dashboards/definitions.html", context)
