"""All communities: who animates them, how many belong, archived or not. Nothing that is written there."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from passeur.communities import queries, services
from passeur.foundation.pagination import page
from passeur.foundation.toasts import toast

from ..choices import Places
from .entrance import administered, reader

PAGE = 50


@administered("GET")
def communities(request: HttpRequest) -> HttpResponse:
    """By name."""
    try:
        show = Places(request.GET.get("show", Places.OPEN))
    except ValueError as unknown:
        raise BadRequest(_("Ce filtre n’existe pas. Choisissez-en un dans la liste.")) from unknown
    found = queries.places()
    if show == Places.WITHOUT_MANAGER:
        found = found.filter(queries.without_manager())
    else:
        found = found.filter(archived_at__isnull=show == Places.OPEN)
    shown = page(found, request.GET.get("page"), PAGE)
    keys = [community.pk for community in shown.items]
    managers, sizes = queries.managers_of(keys), queries.sizes_of(keys)
    context = {
        "tab": "communities",
        "page": shown,
        "lines": [(one, managers.get(one.pk, []), sizes.get(one.pk, 0)) for one in shown.items],
        "total": found.count(),
        "show": show,
        "shows": Places.choices,
        "orphans": queries.places().filter(queries.without_manager()).count(),
    }
    return render(request, "administration/communities.html", context)


@administered("POST")
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a community for writing, or open it again; each undoes the other."""
    community = get_object_or_404(queries.places(), pk=pk)
    here = reverse("administration:archive", args=[pk])
    name = {"name": community.name}
    if request.GET.get("archive", request.POST.get("archive")) == "1":
        services.archive(community=community, by=reader(request))
        said = _("« %(name)s » est archivée : on la lit, on n’y écrit plus.") % name
        toast(request, said, undo=f"{here}?archive=0")
    else:
        services.unarchive(community=community, by=reader(request))
        toast(request, _("« %(name)s » est rouverte.") % name, undo=f"{here}?archive=1")
    return redirect("administration:communities")
