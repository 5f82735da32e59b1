"""Saving a draft while one types, taking it up again, one's list; a form whose CSRF token was old."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as plain_csrf_failure
from django.views.decorators.http import require_GET, require_POST

from passeur.foundation import toasts
from passeur.foundation.access import signed_in
from passeur.foundation.dates import clock
from passeur.foundation.errors import Conflict, PasseurError
from passeur.foundation.views import back

from .. import queries, services
from ..models import Draft
from ..protocols import places
from ..services import Token

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def writer(request: HttpRequest) -> Member:
    """The member behind a `signed_in` view."""
    return cast("Member", request.user)


def _token(request: HttpRequest) -> Token | None:
    """The form that the request is about, if it is this member's and its place is still open to them."""
    token = services.read_token(request.POST.get("draft", ""))
    if token is None or token.member != request.user.pk:
        return None
    return token if token.place in places(writer(request), [token.place]) else None


@signed_in
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """« Mes brouillons »."""
    return render(request, "writing/drafts.html", {"drafts": queries.my_drafts(writer(request))})


@signed_in
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Save quietly. JSON: the number of the draft, what to say, and who else has a draft of this text."""
    token = _token(request)
    if token is None:
        return JsonResponse({"say": _("Ce texte ne peut plus être gardé ici.")}, status=404)
    seen = None if request.POST.get("force") else _number(request.POST.get("seen", ""))
    try:
        fields = services.fields_of(request.POST)
        apart = bool(request.POST.get("apart"))
        draft = services.save_draft(
            by=writer(request), place=token.place, fields=fields, seen=seen, apart=apart
        )
    except Conflict as conflict:
        other = queries.of_place(writer(request), token.place)
        number = other.number if other else 0
        return JsonResponse({"say": str(conflict), "number": number}, status=409)
    except PasseurError as refusal:
        return JsonResponse({"say": str(refusal)}, status=422)
    said = _saved_at(draft) if draft else ""
    return JsonResponse(
        {"number": draft.number if draft else 0, "say": said, "fellows": _fellows(request, token)}
    )


def _number(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 10 else 0


def _saved_at(draft: Draft) -> str:
    return _("Brouillon enregistré à %(time)s") % {"time": clock(timezone.localtime(draft.saved_at))}


def _fellows(request: HttpRequest, token: Token) -> str:
    """Only of a text that several may edit: other places are their writer's alone."""
    names = [fellow.member.name for fellow in queries.fellows(writer(request), token.place)]
    if not names or not token.place.partition(":")[0].endswith(".edit"):
        return ""
    return _(
        "%(names)s a aussi un brouillon de ce texte. Continuez : en enregistrant, vos changements seront "
        "réunis, et rien ne sera perdu."
    ) % {"names": ", ".join(names)}


@signed_in
@require_POST
def state(request: HttpRequest) -> HttpResponse:
    """JSON: whether a form that a browser still keeps was published, and the draft that stands there now."""
    token = services.read_token(request.POST.get("draft", ""))
    if token is None or token.member != request.user.pk:
        return JsonResponse({"published": False, "number": 0})
    draft = queries.of_place(writer(request), token.place)
    return JsonResponse(
        {
            "published": services.was_published(token, by=writer(request)),
            "number": draft.number if draft else 0,
        }
    )


@signed_in
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """« Garder en brouillon », and the way back to a form after signing in: both by the form itself."""
    token = _token(request)
    if token is None:
        return redirect("writing:drafts")
    try:
        services.save_draft(by=writer(request), place=token.place, fields=services.fields_of(request.POST))
    except PasseurError as refusal:
        toasts.trouble(request, str(refusal))
        return redirect("writing:drafts")
    if request.POST.get("force") == "back":
        return redirect(services.way_back(places(writer(request), [token.place])[token.place]))
    toasts.toast(request, _("Votre brouillon est gardé."))
    return redirect("writing:drafts")


@signed_in
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Forget a draft: from its form (`draft`), or from the list (`listed`, its key)."""
    token = services.read_token(request.POST.get("draft", ""))
    mine = token.place if token and token.member == request.user.pk else None
    place = mine or queries.place_of(writer(request), _number(request.POST.get("listed", "")))
    services.discard_draft(by=writer(request), place=place)
    toasts.toast(request, _("Le brouillon est effacé."))
    spot = places(writer(request), [place]).get(place) if token else None
    return redirect(f"{spot.address}{spot.anchor}" if spot else back(request, reverse("writing:drafts")))


@signed_in
@require_POST
def swap(request: HttpRequest) -> HttpResponse:
    """Take the text that was set aside instead."""
    token = _token(request)
    if token is None:
        return redirect("writing:drafts")
    services.swap_draft(by=writer(request), place=token.place)
    return redirect(services.way_back(places(writer(request), [token.place])[token.place]))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from a page that waited too long: nothing is done, its text is in the form again."""
    if request.method == "POST":
        if not request.user.is_authenticated:
            if page := services.keep_through_sign_in(request):
                return redirect_to_login(page)
        elif page := services.save_interrupted(request):
            toasts.trouble(
                request,
                _(
                    "La page avait attendu trop longtemps, rien n’a été publié. Votre texte est là : "
                    "relisez-le, puis envoyez-le."
                ),
            )
            return redirect(page)
    return plain_csrf_failure(request, reason=reason, template_name="403_csrf.html")
