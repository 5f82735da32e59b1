"""Invitations that nobody has accepted yet, of all communities."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from passeur.communities import queries as communities
from passeur.communities import services
from passeur.foundation import limits
from passeur.foundation.errors import PasseurError
from passeur.foundation.pagination import page
from passeur.foundation.toasts import toast, trouble
from passeur.foundation.views import back

from ..services import send_again
from .entrance import administered, reader

PAGE = 50


@administered("GET")
def invitations(request: HttpRequest) -> HttpResponse:
    """By address: into which community, by whom, and until when the link lets in."""
    words = request.GET.get("q", "").replace("\x00", "").strip().lower()[:254]
    found = communities.waiting_invitations(words=words)
    context = {
        "tab": "invitations",
        "page": page(found, request.GET.get("page"), PAGE),
        "total": found.count(),
        "q": words,
    }
    return render(request, "administration/invitations.html", context)


@administered("POST")
@limits.limited(limits.INVITING)
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it again, with a new link and two more weeks; or withdraw it."""
    found = get_object_or_404(communities.waiting_invitations(), pk=pk)
    try:
        if request.POST.get("withdraw"):
            services.withdraw_invitation(invitation=found, by=reader(request))
            toast(request, _("Invitation retirée : son lien ne sert plus."))
        else:
            send_again(invitation=found, by=reader(request))
            toast(request, _("Invitation envoyée à %(address)s.") % {"address": found.email})
    except PasseurError as refusal:
        trouble(request, str(refusal))
    return redirect(back(request, "/administration/invitations/"))
