"""What the reader says they can help with, and what they follow, over all their communities."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from passeur.foundation.access import signed_in
from passeur.foundation.toasts import toast

from .. import forms, queries, services
from .finding import reader

MOST_OFFERED = 500


@signed_in
@require_http_methods(["GET", "POST"])
def statements(request: HttpRequest) -> HttpResponse:
    """Add a theme by its name to either list; each line of the lists can be taken off."""
    member = reader(request)
    form = forms.Statement(request.POST or None)
    if form.is_valid():
        found = queries.own_themes_named(member, form.cleaned_data["theme"])
        if found:
            helping = request.POST.get("list") == "help"
            for theme in found:
                (services.declare_skill if helping else services.follow_theme)(theme=theme, member=member)
            toast(request, _("« %(theme)s » ajouté.") % {"theme": found[0].name})
            return redirect("skills:mine")
        form.add_error("theme", _("Aucune de vos communautés n’a ce thème. Choisissez dans la liste."))
    context = {
        "form": form,
        "skills": queries.declared_by(member, viewer=member),
        "interests": queries.followed_by(member, viewer=member),
        "offered": queries.own_themes(member)[:MOST_OFFERED],
    }
    return render(request, "skills/mine.html", context, status=422 if form.errors else 200)
