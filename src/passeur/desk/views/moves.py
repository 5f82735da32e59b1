"""Acting on a cue without leaving the list; without JavaScript, by way of a page and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from passeur.communities import queries as communities
from passeur.conversations.queries import lists
from passeur.conversations.queries.similar import similar_questions
from passeur.expertise import queries as expertise
from passeur.foundation import memo
from passeur.foundation.access import signed_in
from passeur.foundation.errors import PasseurError
from passeur.foundation.toasts import toast, trouble

from .. import queries, services
from ..choices import Snooze
from ..cues import Cue, Move, Opens
from ..forms import PersonForm, SnoozeForm, TargetForm, TextForm
from ..services.gestures import Given
from .desk import context_of, manager_of

if TYPE_CHECKING:
    from passeur.communities.models import Community
    from passeur.desk.models import Step

FORMS: dict[Opens, type[forms.Form]] = {
    Opens.TEXT: TextForm,
    Opens.PEOPLE: PersonForm,
    Opens.SIMILAR: TargetForm,
}


def _community(request: HttpRequest, slug: str) -> Community:
    found = communities.managed_by(manager_of(request)).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _act(request: HttpRequest, gesture: Callable[[], Step]) -> HttpResponse:
    """Do it, say it with its undo, and show the list as it is now, focus on the next cue."""
    try:
        step = gesture()
    except PasseurError as refusal:
        trouble(request, str(refusal))
    else:
        toast(request, step.summary, undo=reverse("desk:undo", args=[step.pk]))
    return _list(request)


def _list(request: HttpRequest) -> HttpResponse:
    asked = {name: request.POST.get(name, "") for name in ("community", "view", "page")}
    if not request.headers.get("HX-Request"):
        return redirect(f"{reverse('desk:today')}?{urlencode({k: v for k, v in asked.items() if v})}")
    memo.forget("desk.belongings")
    place = request.POST.get("place", "0")
    context = context_of(request, asked, place=int(place) if place.isdigit() else 0)
    return render(request, "desk/_list.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, slug: str, key: str, name: str) -> HttpResponse:
    """One of the moves of a cue: done at once, or after a short form opened in place."""
    community = _community(request, slug)
    cue = queries.find_cue(manager_of(request), community, key, timezone.now())
    chosen = cue.move(name) if cue else None
    if cue is None or chosen is None:
        trouble(request, _("Ce signal n’est plus d’actualité : quelqu’un a agi entre-temps."))
        return _list(request) if request.method == "POST" else redirect("desk:today")
    form = (
        FORMS[chosen.opens](request.POST or None, initial={"text": chosen.draft})
        if chosen.opens in FORMS
        else None
    )
    if request.method == "POST" and (form is None or form.is_valid()):
        given = _given(request, community, form.cleaned_data if form else {}, chosen)
        by = manager_of(request)
        return _act(
            request, lambda: services.move(community=community, key=key, slug=name, given=given, by=by)
        )
    return _form(request, cue, chosen, form)


def _given(request: HttpRequest, community: Community, cleaned: dict[str, Any], chosen: Move) -> Given:
    person = None
    if "person" in cleaned:
        person = communities.members(community, with_account=True).filter(pk=cleaned["person"]).first()
    return Given(text=cleaned.get("text") or str(chosen.draft), person=person, target=cleaned.get("target"))


def _form(request: HttpRequest, cue: Cue, chosen: Move, form: forms.Form | None) -> HttpResponse:
    manager = manager_of(request)
    context: dict[str, Any] = {"cue": cue, "move": chosen, "form": form, "asked": request.GET or request.POST}
    if chosen.opens == Opens.SIMILAR:
        context["found"] = similar_questions(
            manager, community=cue.community, title=cue.title, limit=5, leave_out=cue.conversation
        )
    if chosen.opens == Opens.PEOPLE:
        conversation = (
            lists.visible(manager).filter(pk=cue.conversation).first() if cue.conversation else None
        )
        context["candidates"] = (
            expertise.candidates_for(conversation)
            if conversation
            else expertise.candidates_for_words(cue.community, cue.title)
        )
    fragment = bool(request.headers.get("HX-Request"))
    template = "desk/_move_form.html" if fragment else "desk/move.html"
    return render(request, template, context, status=422 if request.method == "POST" else 200)


@signed_in
@require_POST
def done(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """It needs nothing more."""
    community, by = _community(request, slug), manager_of(request)
    return _act(request, lambda: services.put_done(community=community, key=key, by=by))


@signed_in
@require_POST
def snooze(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Later."""
    community, by = _community(request, slug), manager_of(request)
    form = SnoozeForm(request.POST)
    if not form.is_valid():
        trouble(request, _("Choisissez demain, lundi ou le mois prochain."))
        return _list(request)
    until = Snooze(form.cleaned_data["until"])
    return _act(request, lambda: services.snooze(community=community, key=key, until=until, by=by))


@signed_in
@require_POST
def hand(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Somebody else of the same community."""
    community, by = _community(request, slug), manager_of(request)
    form = PersonForm(request.POST)
    colleagues = queries.managers_of([community], leave_out=by).get(community.pk, [])
    to = next((one for one in colleagues if form.is_valid() and one.pk == form.cleaned_data["person"]), None)
    if to is None:
        trouble(request, _("Choisissez une personne qui anime cette communauté avec vous."))
        return _list(request)
    return _act(request, lambda: services.hand_over(community=community, key=key, to=to, by=by))


@signed_in
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a gesture back."""
    step = queries.step_by_id(manager_of(request), pk)
    if step is None:
        raise Http404
    try:
        services.undo(step=step, by=manager_of(request))
        toast(request, _("Geste annulé : le signal est de retour."))
    except PasseurError as refusal:
        trouble(request, str(refusal))
    return _list(request)
