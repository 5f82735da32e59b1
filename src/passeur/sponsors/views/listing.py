"""For the LCM: who receives the report, and the report itself beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from passeur.communities import queries as communities
from passeur.foundation import limits, printing
from passeur.foundation.access import signed_in
from passeur.foundation.errors import PasseurError
from passeur.foundation.policies import require
from passeur.foundation.toasts import toast, trouble

from .. import policies, queries, services
from ..errors import NoReport
from ..forms import SponsorForm

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


def _led(request: HttpRequest, slug: str) -> tuple[Member, Community]:
    reader = cast("Member", request.user)
    community = get_object_or_404(communities.visible_communities(reader), slug=slug)
    require(policies.can_read(reader, community))
    return reader, community


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@limits.limited(limits.INVITING)
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """The list, and a form that adds to it."""
    reader, community = _led(request, slug)
    can_name = policies.can_name(reader, community)
    form = SponsorForm(request.POST or None, initial={"language": community.language})
    if request.method == "POST":
        require(can_name)
        if form.is_valid():
            try:
                services.name(community=community, by=reader, **form.cleaned_data)
                toast(request, _("La question est partie. Le rapport partira après son oui."))
                return redirect("sponsors:named", slug)
            except PasseurError as refusal:
                form.add_error("email", str(refusal))
    context = {
        "community": community,
        "tab": "sponsors",
        "leads": True,
        "form": form,
        "can_name": can_name,
        "sponsors": queries.sponsors_of(reader, community),
    }
    return render(request, "sponsors/list.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def take_off(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Out of the list."""
    reader, community = _led(request, slug)
    sponsor = get_object_or_404(queries.sponsors_of(reader, community), pk=pk)
    try:
        services.take_off(sponsor=sponsor, by=reader)
        toast(request, _("L’adresse est retirée."))
    except PasseurError as refusal:
        trouble(request, str(refusal))
    return redirect("sponsors:named", slug)


@signed_in
@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The report of a month, as sponsors get it."""
    reader, community = _led(request, slug)
    today = timezone.localdate()
    choices = [(f"{month:%Y-%m}", f"{MONTHS[month.month]} {month.year}") for month in queries.months(today)]
    try:
        month = queries.parse(request.GET.get("month", ""), today)
    except NoReport as refusal:
        trouble(request, str(refusal))
        return redirect("sponsors:preview", slug)
    context = {
        "community": community,
        "tab": "sponsors",
        "leads": True,
        "report": queries.report(community, month, reader),
        "choices": choices,
        "chosen": f"{month:%Y-%m}",
    }
    return render(request, "sponsors/preview.html", context)


@signed_in
@require_safe
def file(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as PDF."""
    reader, community = _led(request, slug)
    try:
        month = queries.parse(request.GET.get("month", ""), timezone.localdate())
    except NoReport as refusal:
        trouble(request, str(refusal))
        return redirect("sponsors:preview", slug)
    report = queries.report(community, month, reader)
    answer = HttpResponse(printing.pdf(queries.paper(report)), content_type="application/pdf")
    name = f"{slugify(report.title)}-{community.slug}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
