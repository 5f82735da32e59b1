"""The pages of allauth that are open here, each in our own templates; the others have no address."""

from __future__ import annotations

from typing import Any, cast

from allauth.account import views as allauth
from allauth.core import ratelimit
from django.db.transaction import atomic
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from passeur.foundation.access import public, signed_in

from .. import services
from ..models import Member
from ..tasks import mail_reset_link, notice

sign_in = public(allauth.login)
inactive = public(allauth.account_inactive)
reset_done = public(allauth.password_reset_done)
new_password = public(atomic(allauth.password_reset_from_key))
new_password_done = public(allauth.password_reset_from_key_done)


class Reset(allauth.PasswordResetView):
    """Asks for the link; the answer is the same, and as quick, whether somebody has that address or not."""

    def form_valid(self, form: Any) -> HttpResponse:
        address = form.cleaned_data["email"]
        refusal: HttpResponse | None = ratelimit.consume_or_429(
            self.request, action="reset_password", key=address
        )
        if refusal is not None:
            return refusal
        mail_reset_link.defer(address=address, origin=self.request.build_absolute_uri("/").rstrip("/"))
        return HttpResponseRedirect(self.get_success_url())


reset = public(Reset.as_view())


@public
def by_invitation(request: HttpRequest) -> HttpResponse:
    """Where signing up would be: says how one comes in."""
    return render(request, "account/signup_closed.html")


@public
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """End the session: on POST only; a link that leads here asks first."""
    return allauth.logout(request)


@signed_in
@atomic
def change_password(request: HttpRequest) -> HttpResponseBase:
    """Choose another password; all other sessions end."""
    response = allauth.password_change(request)
    if response.status_code == 302:
        member = cast("Member", request.user)
        services.follow_session(request.session)
        services.end_sessions(member, but=request.session.get(services.SESSION))
        notice.defer(member=member.pk, kind="password_changed")
    return response


@signed_in
def set_password(request: HttpRequest) -> HttpResponse:
    """An account without a password gets one by the link in a mail, like one whose password was forgotten."""
    return redirect(reverse("account_reset_password"))
