"""Who belongs to a community, for its LCM: by name, without a word about activity."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from passeur.foundation import limits
from passeur.foundation.access import signed_in
from passeur.foundation.errors import PasseurError
from passeur.foundation.pagination import page
from passeur.foundation.policies import require
from passeur.foundation.toasts import toast, trouble

from .. import forms, policies, queries, services
from ..choices import Role
from ..models import Invitation
from ..tasks import mail_invitation
from .finding import around, led_community, reader

PAGE = 50


@signed_in
@require_GET
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Members by name, those with an account first in the filter; invitations that wait."""
    community = led_community(request, slug)
    shown = "imported" if request.GET.get("show") == "imported" else "people"
    name = request.GET.get("q", "").strip()[:100]
    found = queries.memberships(community, imported=shown == "imported", name=name)
    context = around(
        request,
        community,
        "members",
        page=page(found, request.GET.get("page"), PAGE),
        total=found.count(),
        imported_total=queries.memberships(community, imported=True).count(),
        shown=shown,
        q=name,
        roles=Role.choices,
        invitations=queries.open_invitations(community) if shown == "people" else [],
    )
    return render(request, "communities/members.html", context)


@signed_in
@require_POST
def change_role(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give a member another role."""
    community = led_community(request, slug)
    membership = get_object_or_404(queries.memberships(community), member_id=pk)
    form = forms.RoleChoice(request.POST)
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        try:
            services.change_role(community=community, member=membership.member, role=role, by=reader(request))
            said = _("%(name)s : %(role)s.") % {"name": membership.member.name, "role": role.label}
            toast(request, said)
        except PasseurError as refusal:
            trouble(request, str(refusal))
    if not policies.leads(reader(request), community):
        return redirect("communities:detail", slug)
    found = urlencode({"q": name}) if (name := request.POST.get("q", "")[:100]) else ""
    return redirect(f"{reverse('communities:members', args=[slug])}{'?' if found else ''}{found}")


@signed_in
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End somebody's membership, after a word about what stays."""
    community = led_community(request, slug)
    require(policies.can_manage(reader(request), community))
    membership = get_object_or_404(queries.memberships(community), member_id=pk)
    if request.method == "POST":
        try:
            services.remove_member(community=community, member=membership.member, by=reader(request))
            toast(request, _("%(name)s n’est plus membre.") % {"name": membership.member.name})
        except PasseurError as refusal:
            trouble(request, str(refusal))
        return redirect("communities:members", slug)
    return render(
        request, "communities/remove.html", around(request, community, "members", membership=membership)
    )


@signed_in
@require_http_methods(["GET", "POST"])
@limits.limited(limits.INVITING)
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite an address; with `claims`, for the person that an imported member is."""
    community = led_community(request, slug)
    require(policies.can_manage(reader(request), community))
    claims = None
    if claimed := request.GET.get("claims"):
        imported = queries.memberships(community, imported=True)
        claims = get_object_or_404(imported, member_id=claimed if claimed.isdigit() else 0).member
    form = forms.Invite(request.POST or None)
    if form.is_valid():
        try:
            invitation = services.invite(
                community=community,
                email=form.cleaned_data["email"],
                role=Role(form.cleaned_data["role"]),
                claims=claims,
                by=reader(request),
            )
            _send(request, invitation)
            return redirect("communities:members", slug)
        except PasseurError as refusal:
            form.add_error("email", str(refusal))
    context = around(request, community, "members", form=form, claims=claims)
    return render(request, "communities/invite.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def renew_invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send the mail again, with a new link and two more weeks; or withdraw the invitation."""
    community = led_community(request, slug)
    invitation = get_object_or_404(queries.open_invitations(community), pk=pk)
    if request.POST.get("withdraw"):
        services.withdraw_invitation(invitation=invitation, by=reader(request))
        toast(request, _("Invitation retirée : son lien ne sert plus."))
        return redirect("communities:members", slug)
    renewed = services.invite(
        community=community,
        email=invitation.email,
        role=Role(invitation.role),
        claims=invitation.claims,
        by=reader(request),
    )
    _send(request, renewed)
    return redirect("communities:members", slug)


def _send(request: HttpRequest, invitation: Invitation) -> None:
    mail_invitation.defer(invitation=invitation.pk, origin=request.build_absolute_uri("/").rstrip("/"))
    toast(request, _("Invitation envoyée à %(address)s.") % {"address": invitation.email})
