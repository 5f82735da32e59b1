"""The plan of a community, and the page from which one sees to one time."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from passeur.communities import policies as belonging
from passeur.communities import queries as communities
from passeur.foundation.access import signed_in
from passeur.foundation.errors import PasseurError
from passeur.foundation.policies import require
from passeur.foundation.toasts import toast, trouble
from passeur.notifications import services as notifications

from . import policies, queries, services
from .choices import Form
from .forms import EventForm, PostForm, RitualForm
from .models import Ritual
from .notices import subject

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

GESTURES = {"pause": services.pause, "resume": services.resume, "end": services.end}


def _reader(request: HttpRequest) -> Member:
    return cast("Member", request.user)


def _led(request: HttpRequest, slug: str) -> Community:
    reader = _reader(request)
    community = get_object_or_404(communities.visible_communities(reader), slug=slug)
    require(belonging.leads(reader, community))
    return community


def _around(community: Community, **more: object) -> dict[str, object]:
    return {"community": community, "tab": "rituals", "leads": True, **more}


@signed_in
@require_GET
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """What comes, what was and what it drew, and the rituals themselves."""
    community = _led(request, slug)
    context = _around(
        community,
        plans=queries.plans(community),
        ended=queries.past_of_ended(community),
        can_plan=policies.can_plan(_reader(request), community),
    )
    return render(request, "rituals/plan.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, slug: str) -> HttpResponse:
    """A new ritual."""
    community = _led(request, slug)
    return _form(request, Ritual(community=community, owner=_reader(request)))


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a ritual; what has not come yet is planned anew."""
    return _form(request, get_object_or_404(queries.rituals_of(_led(request, slug)), pk=pk))


def _form(request: HttpRequest, ritual: Ritual) -> HttpResponse:
    community = ritual.community
    require(policies.can_plan(_reader(request), community))
    form = RitualForm(request.POST or None, instance=ritual)
    if request.method == "POST" and form.is_valid():
        try:
            services.save(ritual=form.instance, by=_reader(request))
            toast(request, _("C’est prévu."))
            return redirect("rituals:plan", community.slug)
        except PasseurError as refusal:
            trouble(request, str(refusal))
    context = _around(community, form=form, ritual=ritual)
    return render(request, "rituals/ritual.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def gesture(request: HttpRequest, slug: str, pk: int, gesture: str) -> HttpResponse:
    """Pause, resume or end a ritual."""
    ritual = get_object_or_404(queries.rituals_of(_led(request, slug)), pk=pk)
    if gesture not in GESTURES:
        raise Http404
    GESTURES[gesture](ritual=ritual, by=_reader(request))
    said = {"pause": _("En pause."), "resume": _("Le rituel reprend."), "end": _("Le rituel est terminé.")}
    toast(request, said[gesture])
    return redirect("rituals:plan", slug)


@signed_in
@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """See to one time: post its message, or say that it took place."""
    reader = _reader(request)
    occurrence = queries.occurrence_at(reader, pk)
    if occurrence is None:
        raise Http404
    require(policies.can_hold(reader, occurrence))
    ritual = occurrence.ritual
    is_post = ritual.form == Form.POST
    form: PostForm | EventForm
    if is_post:
        written = {"title": ritual.title, "body": ritual.text}
        form = PostForm(request.POST or None, community=ritual.community, initial=written)
    else:
        form = EventForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            if is_post:
                conversation = services.hold_post(occurrence=occurrence, by=reader, **form.cleaned_data)
                return redirect("conversations:detail", conversation.pk)
            services.hold_event(occurrence=occurrence, by=reader, **form.cleaned_data)
            toast(request, _("C’est noté : il a eu lieu."))
            return redirect(
                "rituals:plan" if belonging.leads(reader, ritual.community) else "communities:detail",
                ritual.community.slug,
            )
        except PasseurError as refusal:
            trouble(request, str(refusal))
    notifications.seen(reader, subject=subject(pk))
    context = {"occurrence": occurrence, "ritual": ritual, "is_post": is_post, "form": form}
    context["at"] = queries.in_words(occurrence.at)
    return render(request, "rituals/hold.html", context, status=422 if form.is_bound else 200)
