"""The page « requests for me »: what one is asked, why, and what one decides."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from passeur.foundation import toasts
from passeur.foundation.access import signed_in
from passeur.foundation.errors import PasseurError
from passeur.foundation.policies import require
from passeur.notifications import services as notifications

from .. import policies, queries, services
from ..choices import DeclineReason
from ..forms import DeclineForm
from ..notices import REFERRAL
from ..queries.availability import availability_of
from ..queries.reasons import in_words, joined
from .finding import reader, referral_at


@signed_in
@require_GET
def referrals(request: HttpRequest) -> HttpResponse:
    """What I am asked, the soonest to pass on first; and what became of the last ones."""
    member = reader(request)
    context = {
        "asked": [
            (referral, joined([in_words(reason, to_them=True) for reason in referral.reasons[:3]]))
            for referral in queries.open_referrals_of(member)
        ],
        "closed": queries.closed_referrals_of(member),
        "mine": availability_of(member),
    }
    notifications.seen(member, kind=REFERRAL.slug)
    return render(request, "expertise/referrals.html", context)


@signed_in
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """I will answer."""
    referral = referral_at(request, pk)
    try:
        services.accept_referral(referral=referral, by=reader(request))
    except PasseurError as refusal:
        toasts.trouble(request, str(refusal))
        return redirect("expertise:referrals")
    toasts.toast(
        request,
        _("C’est noté : %(name)s sait que vous répondrez.")
        % {"name": referral.conversation.author.first_name},
    )
    return redirect("expertise:referrals")


@signed_in
@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """I cannot, and why: the question goes on to somebody else."""
    referral = referral_at(request, pk)
    require(policies.can_read(reader(request), referral))
    form = DeclineForm(
        request.POST if request.method == "POST" else None,
        community=referral.conversation.community,
        asked=referral.member,
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _decline(request, pk, form)
            except PasseurError as refusal:
                toasts.trouble(request, str(refusal))
            return redirect("expertise:referrals")
    return render(request, "expertise/decline.html", {"referral": referral, "form": form}, status=status)


def _decline(request: HttpRequest, pk: int, form: DeclineForm) -> None:
    services.decline_referral(
        referral=referral_at(request, pk),
        reason=DeclineReason(form.cleaned_data["reason"]),
        by=reader(request),
        words=form.cleaned_data["words"],
        until=form.cleaned_data["until"],
        better=form.cleaned_data["better"],
    )
    toasts.toast(request, _("Merci de l’avoir dit : la question passe à quelqu’un d’autre."))
