"""« Ce que Passeur sait de moi »: what every room holds, the switches, the export, and erasing oneself."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from passeur.foundation import limits
from passeur.foundation.access import public, signed_in
from passeur.foundation.errors import PasseurError
from passeur.foundation.toasts import toast

from .. import forms, queries, services
from .profiles import reader


@signed_in
@require_GET
def known(request: HttpRequest) -> HttpResponse:
    """All that is known, why, who sees it, until when; who read a list; what one chooses."""
    told = queries.told(reader(request))
    return render(request, "accounts/known.html", {"told": told, "member": reader(request)})


@signed_in
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Set one switch. A browser without JavaScript sends the form with its button."""
    key, on = request.POST.get("key", ""), request.POST.get("on") == "on"
    if not services.set_choice(member=reader(request), key=key, on=on):
        return HttpResponse(status=400)
    toast(request, _("C’est noté, à partir de maintenant."))
    return redirect("accounts:known")


@signed_in
@require_GET
@reauthentication_required
def export(request: HttpRequest) -> HttpResponse:
    """Where the proof leads and the file is taken: a file alone would leave the proof standing."""
    return render(request, "accounts/export.html")


@signed_in
@require_GET
@never_cache
def export_file(request: HttpRequest) -> HttpResponseBase:
    """The file; where the proof is too old by now, the page that asks for it."""
    try:
        archive: HttpResponseBase = _archive(request)
    except ReauthenticationRequired:
        return redirect("accounts:export")
    return archive


@reauthentication_required
@limits.limited(limits.EXPORTING, method="GET")
def _archive(request: HttpRequest) -> HttpResponseBase:
    """Everything, as a file that is written while it is sent."""
    name = f"passeur-{timezone.localdate().isoformat()}.zip"
    response = StreamingHttpResponse(services.export(reader(request)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@signed_in
@require_http_methods(["GET", "POST"])
@reauthentication_required
def erase(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; then, with one's own name typed, it is done."""
    member = reader(request)
    form = forms.Erase(request.POST or None, member=member)
    if form.is_valid():
        try:
            services.erase(member=member, by=member)
            logout(request)
            return redirect("accounts:erased")
        except PasseurError as refusal:
            form.add_error(None, str(refusal))
    fates = queries.fates(member)
    return render(
        request, "accounts/erase.html", {"form": form, "fates": fates}, status=422 if form.errors else 200
    )


@public
@require_GET
def erased(request: HttpRequest) -> HttpResponse:
    """The last page that somebody sees here."""
    return render(request, "accounts/erased.html")


@signed_in
@require_http_methods(["GET", "POST"])
@reauthentication_required
def address(request: HttpRequest) -> HttpResponse:
    """Ask for another address: it proves itself by a link. The answer is the same whoever has it."""
    member = reader(request)
    form = forms.Address(request.POST or None, member=member)
    if form.is_valid():
        services.ask_for_address(member=member, address=form.cleaned_data["address"], by=member)
        return render(request, "accounts/address_sent.html", {"address": form.cleaned_data["address"]})
    return render(request, "accounts/address.html", {"form": form}, status=422 if form.errors else 200)


@public
@require_http_methods(["GET", "POST"])
@never_cache
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: a button, so that no mail program that opens links confirms anything."""
    from ..errors import AddressLinkEnded

    try:
        if request.method == "GET":
            services.require_open_link(token)
            return render(request, "accounts/confirm_address.html", {"asks": True})
        member = services.confirm_address(token)
    except AddressLinkEnded as ended:
        return render(request, "accounts/confirm_address.html", {"ended": str(ended)}, status=410)
    with translation.override(member.language):
        return render(request, "accounts/confirm_address.html", {"address": member.email})
