"""One's own introductions and the exchange of two; for the LCM, proposing, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from passeur.accounts import queries as accounts
from passeur.communities import policies as belonging
from passeur.communities import queries as communities
from passeur.foundation import pagination
from passeur.foundation.access import signed_in
from passeur.foundation.errors import PasseurError
from passeur.foundation.policies import require
from passeur.foundation.toasts import toast, trouble
from passeur.foundation.views import back
from passeur.notifications import services as notifications

from . import policies, queries, services
from .choices import State
from .forms import MessageForm, ProposalForm
from .notices import outcome_words, subject
from .queries.suggesting import reason_for_manager

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

    from .models import Introduction
    from .queries import Suggestion

PAGE_SIZE = 30


def _reader(request: HttpRequest) -> Member:
    return cast("Member", request.user)


def _own(request: HttpRequest, pk: int) -> Introduction:
    found = queries.one_of(_reader(request), pk)
    if found is None:
        raise Http404
    return found


@signed_in
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for an answer first, then what is open, then the rest."""
    phases = {"answer": 0, "open": 1, "waiting": 2, "ended": 3}
    told = sorted(queries.mine(_reader(request)), key=lambda one: phases[one.phase])
    return render(request, "introductions/mine.html", {"told": told})


@signed_in
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes; with the second yes, on to the exchange."""
    try:
        kept = services.accept(introduction=_own(request, pk), by=_reader(request))
    except PasseurError as refusal:
        trouble(request, str(refusal))
        return redirect("introductions:mine")
    if kept.state == State.OPEN:
        return redirect("introductions:exchange", pk)
    undo = reverse("introductions:reconsider", args=[pk])
    toast(request, _("C’est noté. L’échange s’ouvrira si l’autre personne dit oui aussi."), undo=undo)
    return redirect(back(request, reverse("introductions:mine")))


@signed_in
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, which nobody learns."""
    try:
        services.decline(introduction=_own(request, pk), by=_reader(request))
        undo = reverse("introductions:reconsider", args=[pk])
        toast(request, _("C’est noté. Personne ne saura que vous avez dit non."), undo=undo)
    except PasseurError as refusal:
        trouble(request, str(refusal))
    return redirect(back(request, reverse("introductions:mine")))


@signed_in
@require_POST
def reconsider(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's answer back."""
    try:
        services.reconsider(introduction=_own(request, pk), by=_reader(request))
    except PasseurError as refusal:
        trouble(request, str(refusal))
    return redirect(f"{reverse('introductions:mine')}#introduction-{pk}")


@signed_in
@require_http_methods(["GET", "POST"])
def exchange(request: HttpRequest, pk: int) -> HttpResponse:
    """What the two write to each other."""
    one, member = _own(request, pk), _reader(request)
    if one.state != State.OPEN:
        raise Http404
    messages = list(queries.messages_of(one))
    seen = queries.as_seen(one, member)
    first_words = "" if messages or not seen.is_here else services.suggested_message(one, member)
    form = MessageForm(request.POST or None, initial={"text": first_words})
    if request.method == "POST" and form.is_valid():
        try:
            message = services.write(introduction=one, text=form.cleaned_data["text"], by=member)
            return redirect(f"{reverse('introductions:exchange', args=[pk])}#m-{message.pk}")
        except PasseurError as refusal:
            trouble(request, str(refusal))
    notifications.seen(member, subject=subject(pk))
    context = {
        "seen": seen,
        "other": one.other(member),
        "exchanged": messages,
        "form": form,
        "can_write": policies.can_write(member, one),
    }
    return render(request, "introductions/exchange.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """The LCM looks for whom a member could meet, and says why."""
    by = _reader(request)
    member = get_object_or_404(accounts.visible(by), pk=pk)
    places = [here for here in communities.common_communities(by, member) if policies.can_propose(by, here)]
    if not places:
        raise PermissionDenied
    wanted = request.POST.get("community") or request.GET.get("community")
    community = next((here for here in places if here.slug == wanted), places[0])
    name = request.GET.get("q", "").strip()[:100]
    found = queries.offered(member, community, by=by, name=name)
    people = [(one.other.pk, _in_words(one, member)) for one in found]
    form = ProposalForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        other = next(one.other for one in found if one.other.pk == form.cleaned_data["other"])
        if _proposed(request, community, member, other, form.cleaned_data["reason"]):
            return redirect("introductions:proposed", community.slug)
    context = {
        "member": member,
        "community": community,
        "places": places,
        "found": found,
        "q": name,
        "form": form,
    }
    return render(request, "introductions/propose.html", context, status=422 if form.is_bound else 200)


def _proposed(request: HttpRequest, community: Community, member: Member, other: Member, reason: str) -> bool:
    try:
        services.propose(community=community, first=member, second=other, by=_reader(request), reason=reason)
    except PasseurError as refusal:
        trouble(request, str(refusal))
        return False
    toast(request, _("C’est proposé aux deux, en même temps et dans les mêmes mots."))
    return True


def _in_words(one: Suggestion, member: Member) -> str:
    """Name, job, site, and the reasons."""
    about = ", ".join(part for part in (one.other.name, one.other.job, one.other.site) if part)
    reasons = [f"{one.words[0].upper()}{one.words[1:]}."] if one.words else []
    reasons += [reason_for_manager(reason, member) for reason in one.reasons]
    return f"{about}. {' '.join(reasons)}" if reasons else about


@signed_in
@require_GET
def proposed(request: HttpRequest, slug: str) -> HttpResponse:
    """What became of the introductions of a community: the state and whether they wrote."""
    reader = _reader(request)
    community = get_object_or_404(communities.visible_communities(reader), slug=slug)
    require(belonging.leads(reader, community))
    page = pagination.page(queries.proposed_in(community), request.GET.get("page"), size=PAGE_SIZE)
    rows = [(one, outcome_words(one.wrote)) for one in page.items]
    context = {"community": community, "page": page, "rows": rows, "tab": "introductions", "leads": True}
    return render(request, "introductions/proposed.html", context)
