"""The list of communities, and the first page of one."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from passeur.foundation import dates
from passeur.foundation.access import signed_in
from passeur.foundation.policies import require
from passeur.foundation.toasts import toast

from .. import forms, policies, queries, services
from ..choices import Role
from ..models import Community
from .finding import around, community_at, led_community, reader


@dataclass(frozen=True, slots=True)
class Line:
    """A community in the list, as the reader stands to it."""

    community: Community
    role: Role | None


@signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """One's communities, those one can join, and the archived ones."""
    member = reader(request)
    lines = [Line(c, policies.member_role(member, c)) for c in queries.visible_communities(member)]
    context = {
        "mine": [line for line in lines if line.role and not line.community.is_archived],
        "others": [line for line in lines if not line.role and not line.community.is_archived],
        "archived": [line for line in lines if line.community.is_archived],
        "can_create": policies.can_create(member),
    }
    return render(request, "communities/list.html", context)


@signed_in
@require_GET
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What a community is for, who animates it, and what happens there."""
    community = community_at(request, slug)
    charter = queries.current_charter(community)
    context = around(
        request,
        community,
        "home",
        charter=charter,
        animators=queries.animators(community),
        quiet=_quiet(community),
    )
    return render(request, "communities/detail.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Found a community."""
    member = reader(request)
    require(policies.can_create(member))
    form = forms.NewCommunity(
        request.POST or None, initial={"language": member.language, "time_zone": member.time_zone}
    )
    if form.is_valid():
        community = services.create_community(by=member, **form.cleaned_data)
        toast(request, _("Communauté créée. Invitez les premières personnes."))
        return redirect("communities:members", community.slug)
    status = 422 if form.errors else 200
    return render(request, "communities/create.html", {"form": form}, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """What the LCM decides about the community."""
    community = led_community(request, slug)
    form = forms.Settings(request.POST or None, instance=Community.objects.get(pk=community.pk))
    if form.is_valid():
        services.update_community(community=community, by=reader(request), **form.cleaned_data)
        toast(request, _("Réglages enregistrés."))
        return redirect("communities:settings", community.slug)
    context = around(request, community, "settings", form=form)
    return render(request, "communities/settings.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Close it for writing, or open it again."""
    community = led_community(request, slug)
    if request.POST.get("archive") == "1":
        services.archive(community=community, by=reader(request))
        toast(request, _("Communauté archivée : on la lit, on n’y écrit plus."))
    else:
        services.unarchive(community=community, by=reader(request))
        toast(request, _("Communauté rouverte."))
    return redirect("communities:settings", community.slug)


def _quiet(community: Community) -> tuple[str, str] | None:
    """The quiet hours in words, None where there are none."""
    if community.quiet_from == community.quiet_until:
        return None
    return dates.clock(community.quiet_from), dates.clock(community.quiet_until)
