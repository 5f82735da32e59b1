"""How one wants to be told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from passeur.accounts.choices import zone_name
from passeur.foundation.access import signed_in
from passeur.foundation.toasts import toast

from .. import queries, services
from ..forms import Preferences
from .listing import reader


@signed_in
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """By kind, at which hours, how much mail, and whether a digest comes."""
    member = reader(request)
    form = Preferences(request.POST or None, member=member)
    if form.is_valid():
        services.choose(member=member, by=member, ways=form.ways, **form.wishes)
        toast(request, _("Préférences enregistrées."))
        return redirect("notifications:preferences")
    wishes = queries.wishes_of(member)
    context = {
        "form": form,
        "wishes": wishes,
        "zone": zone_name(member.time_zone),
        "sent_today": queries.letters_today(member, timezone.now()),
    }
    status = 422 if form.errors else 200
    return render(request, "notifications/preferences.html", context, status=status)


@signed_in
@require_POST
def mail_again(request: HttpRequest) -> HttpResponse:
    """The address works again."""
    services.resume_mail(member=reader(request), by=reader(request))
    toast(request, _("Les courriels reprennent."))
    return redirect("notifications:list")
