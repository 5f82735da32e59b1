"""Other stores that get our statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from passeur.foundation.access import signed_in
from passeur.foundation.policies import require
from passeur.foundation.toasts import toast

from .. import policies
from ..forms import ForwardForm
from ..models import Forward
from ..queries import forwards as queries
from ..services import forwarding

if TYPE_CHECKING:
    from passeur.accounts.models import Member

SHOWN = 50  # statements that a store refused, told one by one


def _reader(request: HttpRequest) -> Member:
    reader = cast("Member", request.user)
    require(policies.can_manage_clients(reader))
    return reader


def _forward(reader: Member, pk: int) -> Forward:
    return get_object_or_404(queries.visible(reader), pk=pk)


@signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Each with where it stands."""
    standings = queries.standings(_reader(request))
    return render(request, "records/forwards.html", {"tab": "forwards", "standings": standings})


@signed_in
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A store to send to from now on."""
    reader = _reader(request)
    form = ForwardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        forwarding.create(
            name=given["name"],
            address=given["address"],
            key=given["key"],
            secret=given["secret"],
            everything=given["everything"],
            by=reader,
        )
        toast(request, _("Les traces partent vers « %(name)s » dans la minute.") % {"name": given["name"]})
        return redirect("records:forwards")
    context = {"tab": "forwards", "form": form}
    return render(request, "records/forward.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What it refused, and why."""
    forward = _forward(_reader(request), pk)
    refused = list(forward.undelivered.all()[: SHOWN + 1])
    context = {
        "tab": "forwards",
        "forward": forward,
        "refused": refused[:SHOWN],
        "has_more": len(refused) > SHOWN,
    }
    return render(request, "records/refused.html", context)


@signed_in
@require_POST
def gesture(request: HttpRequest, pk: int, gesture: str) -> HttpResponse:
    """Pause it, go on, send again what was refused, end it."""
    reader = _reader(request)
    forward = _forward(reader, pk)
    named = {"name": forward.name}
    if gesture == "pause":
        forwarding.pause(forward=forward, by=reader)
        toast(request, _("Rien ne part plus vers « %(name)s » ; tout reprendra où c’était.") % named)
    elif gesture == "resume":
        forwarding.resume(forward=forward, by=reader)
        toast(request, _("L’envoi vers « %(name)s » reprend dans la minute.") % named)
    elif gesture == "again":
        taken = forwarding.try_again(forward=forward, by=reader)
        toast(
            request,
            ngettext("%(count)s trace est passée.", "%(count)s traces sont passées.", taken)
            % {"count": taken},
        )
        return redirect("records:forward", pk)
    else:
        forwarding.remove(forward=forward, by=reader)
        toast(request, _("L’envoi vers « %(name)s » est supprimé. Ce qui est là-bas y reste.") % named)
    return redirect("records:forwards")
