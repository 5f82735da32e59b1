"""Claiming an imported member, and deciding about it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from passeur.accounts import queries as people
from passeur.foundation.access import signed_in
from passeur.foundation.errors import PasseurError
from passeur.foundation.policies import require
from passeur.foundation.toasts import toast, trouble

from .. import forms, policies, queries, services
from ..choices import ClaimState
from .finding import around, community_at, led_community, reader


@signed_in
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say that an imported member is oneself."""
    community, member = community_at(request, slug), reader(request)
    imported = get_object_or_404(people.visible(member), pk=pk)
    if not policies.can_claim(member, imported, community):
        raise Http404
    form = forms.ClaimProof(request.POST or None)
    if form.is_valid():
        try:
            services.ask_claim(
                community=community, imported=imported, proof=form.cleaned_data["proof"], by=member
            )
            toast(request, _("Demande envoyée. La personne qui anime la communauté va vérifier."))
            return redirect("accounts:profile", imported.pk)
        except PasseurError as refusal:
            form.add_error(None, str(refusal))
    code = queries.claim_code(member, imported)
    context = around(request, community, "", form=form, imported=imported, code=code)
    return render(request, "communities/claim.html", context, status=422 if form.errors else 200)


@signed_in
@require_GET
def claims(request: HttpRequest, slug: str) -> HttpResponse:
    """The claims that wait for the LCM, and the last decisions."""
    community = led_community(request, slug)
    waiting = [
        (claim, queries.claim_code(claim.claimant, claim.imported))
        for claim in queries.open_claims(community)
    ]
    context = around(
        request,
        community,
        "members",
        waiting=waiting,
        decided=queries.decided_claims(community)[:20],
        form=forms.Refusal(),
        accepted=ClaimState.ACCEPTED,
    )
    return render(request, "communities/claims.html", context)


@signed_in
@require_POST
def decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Accept, refuse with a reason, or take an acceptance back with a reason."""
    community, by = led_community(request, slug), reader(request)
    require(policies.can_manage(by, community))
    claim = get_object_or_404(queries.all_claims(community), pk=pk)
    form = forms.Refusal(request.POST)
    decision = request.POST.get("decision")
    try:
        if decision == "accept":
            services.decide_claim(claim=claim, accept=True, by=by)
            toast(request, _("Rapprochement fait : ses contributions sont à son nom."))
        elif not form.is_valid():
            trouble(request, _("Dites pourquoi : la personne le lira."))
        elif decision == "undo":
            services.undo_claim(claim=claim, by=by, reason=form.cleaned_data["reason"])
            toast(request, _("Rapprochement annulé : tout est revenu à la personne importée."))
        else:
            services.decide_claim(claim=claim, accept=False, by=by, reason=form.cleaned_data["reason"])
            toast(request, _("Demande refusée. La personne reçoit votre motif."))
    except PasseurError as refusal:
        trouble(request, str(refusal))
    return redirect("communities:claims", slug)
