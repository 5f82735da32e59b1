"""The courses that statements name, and what they have to do with here."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from passeur.foundation.access import signed_in
from passeur.foundation.pagination import page
from passeur.foundation.policies import require
from passeur.foundation.toasts import toast

from .. import policies
from ..choices import Tied
from ..forms import TieForm
from ..queries import courses as queries
from ..services import tying
from .narrowing import narrowed

if TYPE_CHECKING:
    from passeur.accounts.models import Member

PAGE = 50


def _reader(request: HttpRequest) -> Member:
    reader = cast("Member", request.user)
    require(policies.can_see_courses(reader))
    return reader


@signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All courses, those that are tied, or those that are not."""
    reader = _reader(request)
    shown, words = narrowed(request, Tied.ALL)
    found = page(queries.visible(reader, shown, words), request.GET.get("page"), PAGE)
    context = {
        "tab": "courses",
        "runs": policies.can_manage_clients(reader),
        "page": found,
        "seen": queries.seen(reader, found.items),
        "show": shown,
        "shows": Tied.choices,
        "q": words,
    }
    return render(request, "records/courses.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def tie(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a course has to do with."""
    reader = _reader(request)
    course = get_object_or_404(queries.visible(reader, Tied.ALL, ""), pk=pk)
    form = TieForm(request.POST or None, by=reader)
    if request.method == "POST" and form.is_valid():
        place: queries.Place = form.cleaned_data["place"]
        tying.tie(course=course, community=place.community, theme=place.theme, by=reader)
        toast(request, _("Le cours est rattaché. Cela peut se défaire."))
        return redirect("records:courses")
    context = {"form": form, "seen": queries.seen(reader, [course])[0]}
    return render(request, "records/course.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def untie(request: HttpRequest, pk: int) -> HttpResponse:
    """It has nothing to do with it."""
    reader = _reader(request)
    tying.untie(tie=get_object_or_404(queries.ties(reader), pk=pk), by=reader)
    toast(request, _("Le cours est détaché. Plus rien n’en est dit ici."))
    return redirect("records:courses")
