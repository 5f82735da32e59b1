"""Ways in: browsers one is signed in with, passkeys, a code generator, recovery codes; proving oneself again.

The pages of allauth, in our templates; each of its moves asks for a recent proof by itself.
"""

from __future__ import annotations

import json
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.db.transaction import atomic
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from passeur.foundation.access import public, signed_in
from passeur.foundation.middleware import DRAWN_IN_THE_PAGE
from passeur.foundation.toasts import toast

from .. import queries, services
from .profiles import reader

HOME = reverse_lazy("accounts:security")


@signed_in
@require_GET
def security(request: HttpRequest) -> HttpResponse:
    """All ways in, and how to end each."""
    member = reader(request)
    context = {
        "sessions": queries.open_sessions(member),
        "here": request.session.get(services.SESSION),
        "factors": queries.factors(member),
        "has_second": queries.has_second_factor(member),
        "must": queries.must_have_second_factor(member, settings.SECOND_FACTOR),
    }
    return render(request, "accounts/security.html", context)


@signed_in
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one other browser out."""
    if pk != request.session.get(services.SESSION) and services.end_session(member=reader(request), pk=pk):
        toast(request, _("Cet appareil est déconnecté."))
    return redirect("accounts:security")


@signed_in
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign all other browsers out."""
    services.end_sessions(reader(request), but=request.session.get(services.SESSION))
    toast(request, _("Vos autres appareils sont déconnectés."))
    return redirect("accounts:security")


class AddPasskey(webauthn.AddWebAuthnView):
    """A passkey: kept by the device, which asks for a finger, a face or a code."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        options = auth.begin_registration(reader(self.request), True)
        return context | {"options": json.dumps(options, default=dict)}


class RemovePasskey(webauthn.RemoveWebAuthnView):
    success_url = HOME


class RemoveGenerator(totp.DeactivateTOTPView):
    success_url = HOME


class _WithOptions:
    """What the browser asks the device, as JSON for an attribute."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        if (asked := context.get("js_data")) is not None:
            context["options"] = json.dumps(asked["request_options"], default=dict)
        return context


class SecondStep(_WithOptions, base.AuthenticateView):
    """After the password: a passkey, for who has one, or a code."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if not queries.has_passkey(self.stage.login.user):
            context.pop("options", None)
        return context


class ReauthenticateByPasskey(_WithOptions, webauthn.ReauthenticateWebAuthnView):
    """Prove oneself again with a passkey."""


@signed_in
@atomic
def add_generator(request: HttpRequest) -> HttpResponseBase:
    """Add an authenticator application; its secret is shown as an image inside the page."""
    response = totp.activate_totp(request)
    response.headers["Content-Security-Policy"] = DRAWN_IN_THE_PAGE
    return response


index = signed_in(lambda request: redirect("accounts:security"))
add_passkey = signed_in(atomic(AddPasskey.as_view()))
remove_passkey = signed_in(atomic(RemovePasskey.as_view()))
remove_generator = signed_in(atomic(RemoveGenerator.as_view()))
show_codes = signed_in(codes.view_recovery_codes)
make_codes = signed_in(atomic(codes.generate_recovery_codes))
download_codes = signed_in(codes.download_recovery_codes)
second_step = public(SecondStep.as_view())
sign_in_by_passkey = public(webauthn.login_webauthn)
reauthenticate = signed_in(account.reauthenticate)
reauthenticate_by_code = signed_in(base.reauthenticate)
reauthenticate_by_passkey = signed_in(ReauthenticateByPasskey.as_view())
