"""Who is whom in statements: agents linked with members, and set apart again."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from passeur.foundation import limits
from passeur.foundation.access import signed_in
from passeur.foundation.pagination import page
from passeur.foundation.policies import require
from passeur.foundation.toasts import toast

from .. import policies
from ..choices import Shown
from ..forms import LinkForm
from ..models import Agent
from ..queries import agents as queries
from ..services import consulting, linking
from .narrowing import narrowed

if TYPE_CHECKING:
    from passeur.accounts.models import Member

PAGE = 50


def _reader(request: HttpRequest) -> Member:
    reader = cast("Member", request.user)
    require(policies.can_manage_clients(reader))
    return reader


def _agent(reader: Member, key: UUID) -> Agent:
    visible = Agent.objects.filter(policies.agents_visible_to(reader)).select_related("member")
    return get_object_or_404(visible, pk=key)


@signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Those that are nobody yet, or those that are somebody."""
    reader = _reader(request)
    shown, words = narrowed(request, Shown.UNKNOWN)
    found = page(queries.agents(reader, shown, words), request.GET.get("page"), PAGE)
    consulting.read_by(reader, [agent.pk for agent in found.items])
    context = {
        "tab": "people",
        "page": found,
        "seen": queries.seen(found.items),
        "show": shown,
        "shows": Shown.choices,
        "q": words,
    }
    return render(request, "records/people.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say who an agent is."""
    reader = _reader(request)
    agent = _agent(reader, key)
    consulting.read_by(reader, [agent.pk])
    form = LinkForm(request.POST or None, by=reader)
    if request.method == "POST" and form.is_valid():
        member = form.cleaned_data["person"]
        linking.link(agent=agent, member=member, by=reader)
        toast(request, _("C’est %(name)s. Cela peut se défaire.") % {"name": member.name})
        return redirect("records:people")
    context = {"tab": "people", "form": form, "seen": queries.seen([agent])[0]}
    return render(request, "records/link.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def part(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that it is somebody else."""
    reader = _reader(request)
    agent = _agent(reader, key)
    linking.part(agent=agent, by=reader)
    toast(request, _("Ce compte n’est plus celui de personne. Vous pouvez dire de qui il est."))
    return redirect("records:people")


@signed_in
@require_GET
@limits.limited(limits.NAMING, method="GET")
def offered(request: HttpRequest) -> HttpResponse:
    """A list to choose from while a name is typed."""
    reader = _reader(request)
    begins = request.GET.get("q", "").replace("\x00", "")[:60]
    context = {"people": queries.offered(reader, begins), "begins": begins}
    return render(request, "communities/_people.html", context)
