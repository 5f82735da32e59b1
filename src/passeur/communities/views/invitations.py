"""The page behind the link of an invitation."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from passeur.accounts import queries as people
from passeur.foundation import markdown
from passeur.foundation.access import public
from passeur.foundation.errors import PasseurError
from passeur.foundation.headings import fitted
from passeur.foundation.toasts import toast

from .. import forms, queries, services
from ..errors import InvitationEnded, OtherAddress
from ..models import Community, Invitation
from .finding import reader

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: signed in, by signing in, or by opening an account."""
    try:
        invitation = queries.invitation_of(token)
    except InvitationEnded as ended:
        return render(request, "communities/invitation_ended.html", {"reason": str(ended)}, status=410)
    if request.user.is_authenticated:
        return _as_member(request, token, invitation)
    if people.by_email(invitation.email) is not None:
        return render(request, "communities/invitation_sign_in.html", {"invitation": invitation})
    return _as_newcomer(request, token, invitation)


def _as_member(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    member = reader(request)
    if member.email != invitation.email:
        return render(
            request,
            "communities/invitation_other.html",
            {"reason": str(OtherAddress(invitation.email))},
            status=403,
        )
    charter = queries.current_charter(invitation.community)
    form = forms.AcceptInvitation(request.POST or None, charter=charter)
    if request.method == "POST" and (charter is None or form.is_valid()):
        try:
            community = services.accept_as_member(
                token=token, member=member, charter_version=form.version if charter else None
            )
            return _welcome(request, community)
        except PasseurError as refusal:
            form.add_error(None, str(refusal))
    return _page(request, invitation, form, charter_text=charter.text if charter else "")


def _as_newcomer(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    charter = queries.current_charter(invitation.community)
    form = forms.NewcomerAcceptsInvitation(request.POST or None, charter=charter, invitation=invitation)
    if form.is_valid():
        try:
            member, community = services.accept_as_newcomer(
                token=token,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
                charter_version=form.version if charter else None,
                language=(get_language() or "fr")[:2],
            )
            login(request, member, backend=BACKEND)
            return _welcome(request, community)
        except PasseurError as refusal:
            form.add_error(None, str(refusal))
    return _page(request, invitation, form, charter_text=charter.text if charter else "")


def _welcome(request: HttpRequest, community: Community) -> HttpResponse:
    services.remember(request.session, community)
    toast(request, _("Bienvenue dans « %(name)s ».") % {"name": community.name})
    return redirect("communities:detail", community.slug)


def _page(request: HttpRequest, invitation: Invitation, form: Any, *, charter_text: str) -> HttpResponse:
    context = {
        "invitation": invitation,
        "community": invitation.community,
        "form": form,
        "charter_html": fitted(markdown.render(charter_text).html, first=3),
    }
    return render(request, "communities/invitation.html", context, status=422 if form.errors else 200)
