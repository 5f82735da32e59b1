"""The list of people, and the page of one."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from passeur.accounts import policies as accounts
from passeur.communities import queries as communities
from passeur.communities.choices import Role
from passeur.foundation.pagination import page

from .. import queries
from ..choices import Show
from .entrance import administered, person_at, reader

PAGE = 50


@administered("GET")
def people(request: HttpRequest) -> HttpResponse:
    """By name, without a word about activity."""
    try:
        show = Show(request.GET.get("show", Show.ACTIVE))
    except ValueError as unknown:
        raise BadRequest(_("Ce filtre n’existe pas. Choisissez-en un dans la liste.")) from unknown
    words = request.GET.get("q", "").replace("\x00", "").strip()[:150]
    found = queries.people(show, words)
    context = {
        "tab": "people",
        "page": page(found, request.GET.get("page"), PAGE),
        "total": found.count(),
        "show": show,
        "shows": Show.choices,
        "q": words,
    }
    return render(request, "administration/people.html", context)


@administered("GET")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Roles, state of the account, and what can be done."""
    member = person_at(pk)
    by = reader(request)
    told = queries.person(member)
    here = {membership.community_id for membership in told.memberships}
    context = {
        "tab": "people",
        "told": told,
        "member": member,
        "roles": Role.choices,
        "is_me": member.pk == by.pk,
        "can_help": accounts.can_help(by, member),
        "can_end": accounts.can_end_account(by, member) and member.email is not None,
        "can_erase": accounts.can_erase(by, member) and member.pk != by.pk,
        "can_name": accounts.can_name_administrator(by, member),
        "can_remove": accounts.can_remove_administrator(by, member),
        "elsewhere": communities.places().filter(archived_at=None).exclude(pk__in=here).values("pk", "name"),
    }
    return render(request, "administration/person.html", context)
