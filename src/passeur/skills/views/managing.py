"""Changing the tree: its LCM only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from passeur.foundation.access import signed_in
from passeur.foundation.errors import PasseurError
from passeur.foundation.policies import require
from passeur.foundation.toasts import toast

from .. import forms, policies, queries, services
from .finding import around, community_at, managed_theme, reader


@signed_in
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a theme."""
    community = community_at(request, slug)
    require(policies.can_manage(reader(request), community))
    form = forms.NewTheme(request.POST or None, community=community)
    if form.is_valid():
        try:
            made = services.create_theme(community=community, by=reader(request), **form.cleaned_data)
            toast(request, _("Thème « %(name)s » créé.") % {"name": made.name})
            return redirect("skills:themes", slug)
        except PasseurError as refusal:
            form.add_error("name", str(refusal))
    context = around(request, community, form=form)
    return render(request, "skills/create.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, theme_slug: str) -> HttpResponse:
    """Rename, describe, move."""
    theme, by = managed_theme(request, slug, theme_slug), reader(request)
    initial = {"name": theme.name, "description": theme.description, "parent": theme.parent_id}
    form = forms.EditTheme(request.POST or None, community=theme.community, but=theme, initial=initial)
    if form.is_valid():
        try:
            services.edit_theme(theme=theme, by=by, **form.cleaned_data)
            toast(request, _("Thème enregistré."))
            return redirect("skills:edit", slug, theme_slug)
        except PasseurError as refusal:
            form.add_error("name", str(refusal))
    return _edit_page(request, slug, theme_slug, form=form)


@signed_in
@require_POST
def add_synonym(request: HttpRequest, slug: str, theme_slug: str) -> HttpResponse:
    """Add another word for the theme."""
    theme = managed_theme(request, slug, theme_slug)
    form = forms.SynonymForm(request.POST, auto_id="synonym_%s")
    if form.is_valid():
        try:
            services.add_synonym(theme=theme, name=form.cleaned_data["name"], by=reader(request))
            toast(request, _("On trouve maintenant « %(theme)s » par ce mot.") % {"theme": theme.name})
            return redirect("skills:edit", slug, theme_slug)
        except PasseurError as refusal:
            form.add_error("name", str(refusal))
    return _edit_page(request, slug, theme_slug, synonym_form=form)


@signed_in
@require_POST
def remove_synonym(request: HttpRequest, slug: str, theme_slug: str, pk: int) -> HttpResponse:
    """Remove a word."""
    theme = managed_theme(request, slug, theme_slug)
    services.remove_synonym(synonym=get_object_or_404(queries.synonyms(theme), pk=pk), by=reader(request))
    toast(request, _("Ce mot ne mène plus au thème."))
    return redirect("skills:edit", slug, theme_slug)


@signed_in
@require_POST
def merge(request: HttpRequest, slug: str, theme_slug: str) -> HttpResponse:
    """Merge the theme into another; its address leads there from now on."""
    theme = managed_theme(request, slug, theme_slug)
    form = forms.MergeTheme(request.POST, theme=theme)
    if form.is_valid():
        target = form.cleaned_data["target"]
        try:
            services.merge_themes(source=theme, target=target, by=reader(request))
            names = {"source": theme.name, "target": target.name}
            toast(request, _("« %(source)s » mène maintenant à « %(target)s ».") % names)
            return redirect("skills:edit", slug, target.slug)
        except PasseurError as refusal:
            form.add_error("target", str(refusal))
    return _edit_page(request, slug, theme_slug, merge_form=form)


def _edit_page(
    request: HttpRequest,
    slug: str,
    theme_slug: str,
    *,
    form: forms.EditTheme | None = None,
    synonym_form: forms.SynonymForm | None = None,
    merge_form: forms.MergeTheme | None = None,
) -> HttpResponse:
    """The page of all that can be changed about a theme, with the form that was refused."""
    theme = managed_theme(request, slug, theme_slug)
    initial = {"name": theme.name, "description": theme.description, "parent": theme.parent_id}
    refused = any(f is not None and f.errors for f in (form, synonym_form, merge_form))
    context = around(
        request,
        theme.community,
        theme=theme,
        form=form or forms.EditTheme(community=theme.community, but=theme, initial=initial),
        synonym_form=synonym_form or forms.SynonymForm(auto_id="synonym_%s"),
        merge_form=merge_form or forms.MergeTheme(theme=theme),
        synonyms=queries.synonyms(theme),
    )
    return render(request, "skills/edit.html", context, status=422 if refused else 200)
