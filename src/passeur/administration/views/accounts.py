"""What an administrator does about somebody's account. What is serious asks first, or asks for a proof."""

from __future__ import annotations

from functools import partial
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from passeur.accounts import policies, services
from passeur.accounts import queries as accounts
from passeur.foundation.policies import require
from passeur.foundation.toasts import toast

from .. import forms
from .entrance import administered, done, person_at, reader


@administered("POST")
def end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign somebody out everywhere."""
    member = person_at(pk)
    act = partial(services.end_sessions_of, member=member, by=reader(request))
    return done(
        request, member, act, _("Toutes les sessions de %(name)s sont terminées.") % {"name": member.name}
    )


@administered("POST")
def send_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail the link to choose a password to the person's own address."""
    member = person_at(pk)
    act = partial(services.send_sign_in_link, member=member, by=reader(request))
    said = _("Un lien pour choisir un mot de passe part à %(address)s.") % {"address": member.email}
    return done(request, member, act, said)


@administered("GET", "POST")
@reauthentication_required
def end_factors(request: HttpRequest, pk: int) -> HttpResponse:
    """Take lost passkeys and codes away."""
    member = person_at(pk)
    require(policies.can_help(reader(request), member))
    if request.method == "POST":
        act = partial(services.end_factors_of, member=member, by=reader(request))
        return done(request, member, act, _("%(name)s n’a plus de deuxième facteur.") % {"name": member.name})
    return _ask(
        request,
        member,
        _("Retirer les clés d’accès et les codes de %(name)s ?"),
        _(
            "Pour qui a perdu son téléphone ou sa clé. "
            "Assurez-vous d’abord que c’est bien la personne qui le demande."
        ),
        [
            _("Ses clés d’accès, son générateur de codes et ses codes de secours ne servent plus."),
            _("Elle est déconnectée partout, et se reconnecte avec son mot de passe."),
            _("Elle l’apprend par courrier, tout de suite."),
        ],
        _("Retirer"),
    )


@administered("GET", "POST")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody leaves the company."""
    member = person_at(pk)
    require(policies.can_end_account(reader(request), member) and member.email is not None)
    if request.method == "POST":
        act = partial(services.close_account, member=member, by=reader(request))
        undo = reverse("administration:reopen", args=[pk])
        return done(request, member, act, _("Le compte de %(name)s est fermé.") % {"name": member.name}, undo)
    return _ask(
        request,
        member,
        _("Fermer le compte de %(name)s ?"),
        _("Pour qui quitte l’entreprise. Vous pourrez le rouvrir."),
        [
            _("Toutes ses sessions se terminent, et on ne se connecte plus avec son adresse."),
            _("Ce que la personne a écrit reste, avec son nom."),
            _("Les questions qui l’attendaient vont à quelqu’un d’autre ; plus aucun courrier ne lui part."),
        ],
        _("Fermer le compte"),
    )


@administered("POST")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody is back, or it was a mistake."""
    member = person_at(pk)
    act = partial(services.reopen_account, member=member, by=reader(request))
    return done(request, member, act, _("Le compte de %(name)s est rouvert.") % {"name": member.name})


@administered("GET", "POST")
@reauthentication_required
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """What goes and what stays; then, with the name typed, it is done."""
    member = person_at(pk)
    require(policies.can_erase(reader(request), member) and member.pk != reader(request).pk)
    form = forms.TypedName(request.POST or None, wanted=member.name)
    if form.is_valid():
        services.erase(member=member, by=reader(request))
        toast(request, _("L’effacement est en cours. Il sera fait dans quelques instants."))
        return redirect("administration:people")
    context = {"tab": "people", "member": member, "form": form, "fates": accounts.fates(member)}
    return render(request, "administration/erase.html", context, status=422 if form.errors else 200)


@administered("GET", "POST")
@reauthentication_required
def administrator(request: HttpRequest, pk: int) -> HttpResponse:
    """Confide the administration to somebody, or take it back."""
    member, by = person_at(pk), reader(request)
    name = {"name": member.name}
    if member.is_administrator:
        require(policies.can_remove_administrator(by, member))
        if request.method == "POST":
            act = partial(services.remove_administrator, member=member, by=by)
            response = done(request, member, act, _("%(name)s n’administre plus Passeur.") % name)
            return redirect("/") if member.pk == by.pk and not member.is_administrator else response
        return _ask(
            request,
            member,
            _("Retirer l’administration à %(name)s ?"),
            _("Ses rôles dans les communautés ne changent pas."),
            [],
            _("Retirer l’administration"),
        )
    require(policies.can_name_administrator(by, member))
    if request.method == "POST":
        act = partial(services.name_administrator, member=member, by=by)
        return done(request, member, act, _("%(name)s administre maintenant Passeur.") % name)
    return _ask(
        request,
        member,
        _("Confier l’administration à %(name)s ?"),
        _("Cela n’ouvre aucune communauté privée."),
        [
            _(
                "La personne voit les comptes, les adresses et les rôles de tout le monde, "
                "et peut fermer ou effacer un compte."
            ),
            _("Tout ce qu’elle fait ici est au journal, que personne ne peut changer."),
        ],
        _("Confier l’administration"),
        danger=False,
    )


def _ask(
    request: HttpRequest,
    member: Any,
    question: str,
    lead: str,
    points: list[str],
    label: str,
    *,
    danger: bool = True,
) -> HttpResponse:
    context = {
        "tab": "people",
        "member": member,
        "question": question % {"name": member.name},
        "lead": lead,
        "points": points,
        "label": label,
        "danger": danger,
    }
    return render(request, "administration/confirm.html", context)
