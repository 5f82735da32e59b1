"""The profile of a person, for themself and for those who know them."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from passeur.foundation.access import signed_in
from passeur.foundation.toasts import toast

from .. import forms, policies, queries, services
from ..models import Member


def reader(request: HttpRequest) -> Member:
    """The member behind a `signed_in` view."""
    return cast("Member", request.user)


@signed_in
@require_GET
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    """One person; an imported member found to be somebody leads to them."""
    member = get_object_or_404(queries.visible(reader(request)).select_related("merged_into"), pk=pk)
    if member.merged_into is not None:
        return redirect("accounts:profile", member.merged_into.pk, permanent=False)
    is_mine = policies.can_edit(reader(request), member)
    return render(request, "accounts/profile.html", {"member": member, "is_mine": is_mine, "told": set()})


@signed_in
@require_http_methods(["GET", "POST"])
def edit_profile(request: HttpRequest) -> HttpResponse:
    """Change what others read about oneself."""
    member = reader(request)
    # A second instance, so that a refused form does not change what the frame of the page shows.
    form = forms.Profile(request.POST or None, instance=Member.objects.get(pk=member.pk))
    if form.is_valid():
        services.edit_profile(member=member, by=member, **form.cleaned_data)
        toast(request, _("Profil enregistré."))
        return redirect("accounts:profile", member.pk)
    return render(request, "accounts/edit_profile.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Change how Passeur looks, speaks, and how much it may ask."""
    member = reader(request)
    form = forms.Preferences(request.POST or None, instance=Member.objects.get(pk=member.pk))
    if form.is_valid():
        services.edit_preferences(member=member, by=member, **form.cleaned_data)
        with translation.override(form.cleaned_data["language"]):
            toast(request, _("Préférences enregistrées."))
        return redirect("accounts:preferences")
    return render(request, "accounts/preferences.html", {"form": form}, status=422 if form.errors else 200)
