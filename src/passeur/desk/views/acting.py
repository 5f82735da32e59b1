"""Acting on a cue without leaving the list; without JavaScript, by way of a redirect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from passeur.communities import queries as communities
from passeur.foundation.access import signed_in
from passeur.foundation.errors import PasseurError
from passeur.foundation.toasts import toast, trouble
from passeur.foundation.views import back

from .. import queries, services
from ..choices import Snooze
from ..forms import ColleagueForm, SnoozeForm
from . import drawing
from .asked import WHERE, asked_of, manager_of

if TYPE_CHECKING:
    from passeur.communities.models import Community

    from ..models import Step


def community_at(request: HttpRequest, slug: str) -> Community:
    """A community that the reader animates."""
    found = communities.managed_by(manager_of(request)).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def act(request: HttpRequest, gesture: Callable[[], Step]) -> HttpResponse:
    """Do it, say it with its undo, and show the list as it is now, focus on the next cue."""
    try:
        step = gesture()
    except PasseurError as refusal:
        trouble(request, str(refusal))
    else:
        toast(request, queries.summary(step), undo=reverse("desk:undo", args=[step.pk]))
    return list_as_it_is(request, request.POST)


def list_as_it_is(request: HttpRequest, asked: Mapping[str, str]) -> HttpResponse:
    """The list that `asked` says, as a fragment in its place, or by its address."""
    where = {name: asked[name] for name in WHERE if asked.get(name)}
    if not request.headers.get("HX-Request"):
        return redirect(f"{reverse('desk:today')}?{urlencode(where)}")
    place = asked.get("place", "")
    focus = int(place) if place.isdecimal() else 0
    wanted = asked_of(request, where)
    desk = services.open_desk(
        wanted.manager, wanted.chosen, view=wanted.view, number=wanted.page, size=drawing.PAGE_SIZE
    )
    listed = drawing.drawn_list(wanted, desk, focus=focus)
    response = HttpResponse(drawing.sent(request, listed, wanted, desk.scope.now))
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#desk", "outerHTML"
    return response


@signed_in
@require_POST
def done(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """It needs nothing more."""
    community, by = community_at(request, slug), manager_of(request)
    return act(request, lambda: services.put_done(community=community, key=key, by=by))


@signed_in
@require_POST
def snooze(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Later."""
    community, by = community_at(request, slug), manager_of(request)
    form = SnoozeForm(request.POST)
    if not form.is_valid():
        trouble(request, _("Choisissez demain, lundi ou le mois prochain."))
        return list_as_it_is(request, request.POST)
    until = Snooze(form.cleaned_data["until"])
    return act(request, lambda: services.snooze(community=community, key=key, until=until, by=by))


@signed_in
@require_POST
def hand(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Somebody else who animates the same community."""
    community, by = community_at(request, slug), manager_of(request)
    form = ColleagueForm(request.POST)
    colleagues = queries.managers_of([community], leave_out=by).get(community.pk, [])
    to = next((one for one in colleagues if form.is_valid() and one.pk == form.cleaned_data["person"]), None)
    if to is None:
        trouble(request, _("Choisissez une personne qui anime cette communauté avec vous."))
        return list_as_it_is(request, request.POST)
    return act(request, lambda: services.hand_over(community=community, key=key, to=to, by=by))


@signed_in
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a gesture back; from a toast, the page it was on comes again, focus on the cue that is back."""
    step = queries.step_by_id(manager_of(request), pk)
    if step is None:
        raise Http404
    try:
        services.undo(step=step, by=manager_of(request))
        toast(request, _("Geste annulé : le signal est de retour."))
    except PasseurError as refusal:
        trouble(request, str(refusal))
    if "next" in request.POST:
        return redirect(f"{back(request)}#{queries.anchor(step.community_id, step.key)}")
    return list_as_it_is(request, request.POST)
