"""The charter: reading it by version, accepting it, joining, leaving, publishing another."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from passeur.foundation import markdown
from passeur.foundation.access import signed_in
from passeur.foundation.errors import PasseurError
from passeur.foundation.headings import fitted
from passeur.foundation.policies import require
from passeur.foundation.toasts import toast, trouble

from .. import forms, policies, queries, services
from ..models import Charter, Community
from .finding import around, community_at, led_community, reader


@signed_in
@require_http_methods(["GET", "POST"])
def charter(request: HttpRequest, slug: str) -> HttpResponse:
    """The charter in force; who has to accept it, or may join by accepting it, does so here."""
    community = community_at(request, slug)
    current = queries.current_charter(community)
    form = forms.AcceptCharter(request.POST or None, charter=current)
    if request.method == "POST" and (form.is_valid() or current is None):
        try:
            _accept(request, community, form.version if form.is_bound and current else None)
        except PasseurError as refusal:
            trouble(request, str(refusal))
            return redirect("communities:charter", slug)
        return redirect(_next(request) or community_address(community))
    context = around(
        request, community, "charter", charter=current, form=form, next=_next(request), html=_html(current)
    )
    context["versions"] = queries.charter_history(community)
    return render(request, "communities/charter.html", context, status=422 if form.errors else 200)


def _accept(request: HttpRequest, community: Community, version: int | None) -> None:
    member = reader(request)
    if policies.is_member(member, community) and version is not None:
        services.accept_charter(community=community, member=member, charter_version=version)
        toast(request, _("Charte acceptée."))
    else:
        services.join(community=community, member=member, charter_version=version)
        toast(request, _("Bienvenue dans « %(name)s ».") % {"name": community.name})


@signed_in
@require_GET
def charter_version(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """An earlier version, as it was."""
    community = community_at(request, slug)
    shown = get_object_or_404(queries.charter_history(community), version=version)
    current = queries.current_charter(community)
    if current is not None and shown.pk == current.pk:
        return redirect("communities:charter", slug)
    context = around(request, community, "charter", shown=shown, html=_html(shown))
    return render(request, "communities/charter_version.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_charter(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the next version."""
    community = led_community(request, slug)
    require(policies.can_manage(reader(request), community))
    current = queries.current_charter(community)
    form = forms.CharterText(request.POST or None, initial={"text": current.text if current else ""})
    if form.is_valid():
        services.publish_charter(community=community, text=form.cleaned_data["text"], by=reader(request))
        toast(request, _("Nouvelle version en vigueur. Chacun l’acceptera avant sa prochaine contribution."))
        return redirect("communities:charter", slug)
    context = around(request, community, "charter", form=form, charter=current)
    return render(request, "communities/edit_charter.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave the community, after a word about what stays."""
    community = community_at(request, slug)
    if not policies.can_leave(reader(request), community):
        raise Http404
    if request.method == "POST":
        try:
            services.leave(community=community, member=reader(request))
        except PasseurError as refusal:
            trouble(request, str(refusal))
            return redirect("communities:leave", slug)
        toast(request, _("Vous avez quitté « %(name)s ».") % {"name": community.name})
        return redirect("communities:list")
    return render(request, "communities/leave.html", around(request, community, "home"))


def community_address(community: Community) -> str:
    return community.get_absolute_url()


def _html(charter: Charter | None) -> str:
    return fitted(markdown.render(charter.text).html) if charter else ""


def _next(request: HttpRequest) -> str:
    """The page of ours that sent here, to go back to."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else ""
