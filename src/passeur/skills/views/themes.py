"""The themes of a community, one theme, and what the reader states about it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from passeur.foundation.access import signed_in
from passeur.foundation.toasts import toast
from passeur.foundation.views import back

from .. import queries, services
from .finding import around, community_at, reader, theme_at


@signed_in
@require_GET
def themes(request: HttpRequest, slug: str) -> HttpResponse:
    """The tree, each theme with what it is about."""
    community = community_at(request, slug)
    context = around(
        request,
        community,
        tree=queries.tree(community),
        stated=queries.stated_themes(reader(request), community.pk),
    )
    return render(request, "skills/themes.html", context)


@signed_in
@require_GET
def theme(request: HttpRequest, slug: str, theme_slug: str) -> HttpResponse:
    """One theme; the address of a merged one leads to the theme that took it over, for good."""
    community = community_at(request, slug)
    shown = theme_at(community, theme_slug)
    if shown.merged_into is not None:
        return redirect("skills:theme", slug, shown.merged_into.slug, permanent=True)
    context = around(
        request,
        community,
        theme=shown,
        ancestors=queries.ancestors(shown),
        children=queries.children(shown),
        synonyms=queries.synonyms(shown),
        declarers=queries.declarers(shown)[:30],
        stated=queries.stated_themes(reader(request), community.pk),
    )
    return render(request, "skills/theme.html", context)


@signed_in
@require_POST
def follow(request: HttpRequest, slug: str, theme_slug: str) -> HttpResponse:
    """Follow a theme, or no longer."""
    community = community_at(request, slug)
    shown, member = theme_at(community, theme_slug), reader(request)
    if request.POST.get("on") == "1":
        services.follow_theme(theme=shown, member=member)
        toast(request, _("Vous suivez « %(theme)s ».") % {"theme": shown.name})
    else:
        services.unfollow_theme(theme=shown, member=member)
        toast(request, _("Vous ne suivez plus « %(theme)s ».") % {"theme": shown.name})
    return redirect(back(request, _address(slug, theme_slug)))


@signed_in
@require_POST
def declare(request: HttpRequest, slug: str, theme_slug: str) -> HttpResponse:
    """Say that one can help with a theme, or no longer."""
    community = community_at(request, slug)
    shown, member = theme_at(community, theme_slug), reader(request)
    if request.POST.get("on") == "1":
        services.declare_skill(theme=shown, member=member)
        toast(request, _("C’est noté : vous pouvez aider sur « %(theme)s ».") % {"theme": shown.name})
    else:
        services.withdraw_skill(theme=shown, member=member)
        toast(request, _("C’est noté : « %(theme)s » n’est plus sur votre profil.") % {"theme": shown.name})
    return redirect(back(request, _address(slug, theme_slug)))


def _address(slug: str, theme_slug: str) -> str:
    return reverse("skills:theme", args=[slug, theme_slug])
