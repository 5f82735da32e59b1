"""Who holds which role where: read, given, taken away. Never by somebody to themselves."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from passeur.communities import policies as belonging
from passeur.communities import queries as communities
from passeur.communities import services
from passeur.communities.choices import Role
from passeur.foundation import limits
from passeur.foundation.errors import PasseurError
from passeur.foundation.pagination import page
from passeur.foundation.policies import require
from passeur.foundation.toasts import toast, trouble
from passeur.foundation.views import back

from .. import forms
from ..services import invite_person
from .entrance import administered, person_at, reader

PAGE = 50


@administered("GET")
def roles(request: HttpRequest) -> HttpResponse:
    """In all communities, those with a role of their own; in one community, everybody."""
    form = forms.RoleFilter(request.GET)
    if not form.is_valid():
        raise BadRequest(_("Ce filtre n’existe pas. Choisissez-en un dans la liste."))
    community, role = form.cleaned_data["community"], form.cleaned_data["role"]
    found = (
        communities.everybody_in(community, role=role) if community else communities.role_holders(role=role)
    )
    context = {
        "tab": "roles",
        "form": form,
        "page": page(found, request.GET.get("page"), PAGE),
        "community": community,
        "roles": Role.choices,
        "me": reader(request).pk,
    }
    return render(request, "administration/roles.html", context)


@administered("POST")
def give(request: HttpRequest, pk: int, community: int) -> HttpResponse:
    """Give a member another role; the address carries it where an act is undone."""
    member, place = person_at(pk), get_object_or_404(communities.places(), pk=community)
    before = _role_of(member.pk, place.pk)
    form = forms.GiveRole(request.POST if "role" in request.POST else request.GET)
    after = back(request, reverse("administration:person", args=[pk]))
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        try:
            services.change_role(community=place, member=member, role=role, by=reader(request))
            undo = f"{request.path}?{urlencode({'role': before})}"
            said = _("%(name)s, dans « %(community)s » : %(role)s.")
            words = {"name": member.name, "community": place.name, "role": role.label}
            toast(request, said % words, undo=undo if before != role else "")
        except PasseurError as refusal:
            trouble(request, str(refusal))
    return redirect(after)


@administered("GET", "POST")
def remove(request: HttpRequest, pk: int, community: int) -> HttpResponse:
    """End a membership, after a word about what stays."""
    member, place = person_at(pk), get_object_or_404(communities.places(), pk=community)
    _role_of(member.pk, place.pk)
    require(belonging.can_remove(reader(request), place, member))
    if request.method == "POST":
        try:
            services.remove_member(community=place, member=member, by=reader(request))
            words = {"name": member.name, "community": place.name}
            toast(request, _("%(name)s n’est plus dans « %(community)s ».") % words)
        except PasseurError as refusal:
            trouble(request, str(refusal))
        return redirect("administration:person", pk)
    question = _("Retirer %(name)s de « %(community)s » ?")
    context = {
        "tab": "people",
        "member": member,
        "question": question % {"name": member.name, "community": place.name},
        "lead": _(
            "Ses contributions restent, avec son nom. "
            "Pour revenir, il lui faudra une invitation si la communauté n’est pas ouverte."
        ),
        "label": _("Retirer"),
        "danger": True,
    }
    return render(request, "administration/confirm.html", context)


@administered("POST")
@limits.limited(limits.INVITING)
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite somebody who has an account into one more community."""
    member = person_at(pk)
    form = forms.InvitePerson(request.POST)
    if not form.is_valid():
        trouble(request, _("Choisissez une communauté et un rôle dans les listes."))
        return redirect("administration:person", pk)
    given = form.cleaned_data
    try:
        invite_person(
            member=member, community=given["community"], role=Role(given["role"]), by=reader(request)
        )
        toast(request, _("Invitation envoyée à %(address)s.") % {"address": member.email})
    except PasseurError as refusal:
        trouble(request, str(refusal))
    return redirect("administration:person", pk)


def _role_of(member: int, community: int) -> str:
    """The role somebody has there now, 404 where they do not belong."""
    role = communities.role_in(member, community)
    if role is None:
        raise Http404
    return role
