"""The page of the programs that use the store: let in, given a new secret, shut out."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from passeur.foundation.access import signed_in
from passeur.foundation.policies import require
from passeur.foundation.toasts import toast

from .. import policies, services
from ..choices import PER_MINUTE, Scope
from ..forms import ClientForm
from ..queries import clients as queries

if TYPE_CHECKING:
    from passeur.accounts.models import Member

    from ..services import Credentials


def _reader(request: HttpRequest) -> Member:
    reader = cast("Member", request.user)
    require(policies.can_manage_clients(reader))
    return reader


@signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All clients, those that are let in first."""
    clients = [
        (client, [str(Scope(scope).label) for scope in client.scopes])
        for client in queries.visible(_reader(request))
    ]
    return render(request, "records/clients.html", {"clients": clients, "address": _address()})


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A new client; its secret is shown in the answer, and never again."""
    reader = _reader(request)
    form = ClientForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        scopes = [Scope(scope) for scope in form.cleaned_data["scopes"]]
        name, per_minute = form.cleaned_data["name"], form.cleaned_data["per_minute"] or PER_MINUTE
        made = services.create(name=name, scopes=scopes, by=reader, per_minute=per_minute)
        return _shown(request, made, is_new=True)
    return render(request, "records/client.html", {"form": form}, status=422 if form.is_bound else 200)


@signed_in
@never_cache
@require_POST
def rotate(request: HttpRequest, pk: int) -> HttpResponse:
    """A new secret, shown in the answer."""
    reader = _reader(request)
    client = get_object_or_404(queries.visible(reader), pk=pk, revoked_at=None)
    return _shown(request, services.rotate(client=client, by=reader), is_new=False)


@signed_in
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Shut a client out, after a word about what that ends."""
    reader = _reader(request)
    client = get_object_or_404(queries.visible(reader), pk=pk)
    if request.method == "POST":
        services.revoke(client=client, by=reader)
        toast(request, _("« %(name)s » n’entre plus. Ce qu’il a écrit reste.") % {"name": client.name})
    elif client.revoked_at is None:
        return render(request, "records/revoke.html", {"client": client})
    return redirect("records:clients")


def _shown(request: HttpRequest, made: Credentials, *, is_new: bool) -> HttpResponse:
    context = {"made": made, "is_new": is_new, "address": _address()}
    return render(request, "records/credentials.html", context)


def _address() -> str:
    return settings.ORIGIN + reverse("records:about").removesuffix("about")
