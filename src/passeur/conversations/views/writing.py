"""Starting a conversation, with help while typing, and editing what was written."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from passeur.communities import policies as community_policies
from passeur.communities import queries as communities
from passeur.foundation import toasts
from passeur.foundation.access import signed_in
from passeur.foundation.errors import Conflict, PasseurError
from passeur.foundation.markdown import html_to_markdown
from passeur.foundation.policies import require
from passeur.skills import queries as skills

from .. import policies, services
from ..choices import Kind, Markup, Part
from ..forms.writing import EditForm, NewConversationForm, NewExperienceForm
from ..models import Contribution
from ..queries.similar import similar_questions
from .finding import community_at, contribution_at, reader
from .threads import permanent_address


@signed_in
@require_GET
def choose_kind(request: HttpRequest, slug: str) -> HttpResponse:
    """What do you want to share? One kind each, in words."""
    community = community_at(request, slug)
    kinds = [kind for kind in Kind if policies.can_start(reader(request), community, kind)]
    return render(request, "conversations/choose.html", {"community": community, "kinds": kinds})


@signed_in
@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """Ask a question in the current community; with several and none current, choose one first."""
    member = reader(request)
    mine = communities.visible_communities(member).order_by("name")
    writable = [community for community in mine if policies.can_start(member, community, Kind.QUESTION)]
    current = communities.current_community(member, request.session)
    asked = f"?{request.GET.urlencode()}" if request.GET else ""
    target = next((community for community in writable if community == current or len(writable) == 1), None)
    if target is not None:
        return redirect(reverse("conversations:start", args=[target.slug, Kind.QUESTION]) + asked)
    return render(request, "conversations/ask.html", {"communities": writable, "asked": asked})


@signed_in
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Write the opening of a conversation and publish it."""
    if kind not in Kind.values:
        raise Http404
    community, chosen = community_at(request, slug), Kind(kind)
    member = reader(request)
    if not community_policies.is_member(member, community) or community_policies.must_accept_charter(
        member, community
    ):
        charter = reverse("communities:charter", args=[slug])
        return redirect(f"{charter}?{urlencode({'next': request.get_full_path()})}")
    require(policies.can_start(member, community, chosen))
    made = NewExperienceForm if chosen == Kind.EXPERIENCE else NewConversationForm
    theme = skills.theme_by_slug(community, request.GET.get("theme", ""))
    form = made(
        request.POST or None,
        community=community,
        kind=chosen,
        chosen=[theme.pk] if theme else [],
        initial={"title": request.GET.get("title", "")[:200]},
    )
    if request.method == "POST" and form.is_valid():
        conversation = services.start_conversation(
            community=community,
            kind=chosen,
            title=form.cleaned_data["title"],
            body=form.text(),
            by=member,
            themes=form.chosen_themes(),
            invited=[int(pk) for pk in request.POST.getlist("invited") if pk.isdigit()][:3],
        )
        toasts.toast(request, _("Votre question est publiée.") if conversation.asks else _("C’est publié."))
        return redirect("conversations:detail", pk=conversation.pk)
    context = {"community": community, "form": form, "kind": chosen, "current": "ask"}
    return render(request, "conversations/start.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_GET
def similar(request: HttpRequest, slug: str) -> HttpResponse:
    """While typing: questions that look like this one, with their state, and themes that it may be about."""
    community = community_at(request, slug)
    title, body = request.GET.get("title", "")[:300], request.GET.get("body", "")[:5000]
    ticked = {int(pk) for pk in request.GET.getlist("themes") if pk.isdigit()}
    chosen = [theme for theme in skills.themes(community) if theme.pk in ticked]
    suggested = [theme for theme in skills.suggest(community, f"{title} {body}") if theme.pk not in ticked]
    context = {
        "community": community,
        "found": similar_questions(
            reader(request),
            community=community,
            title=title,
            body=body,
            themes=[theme.name for theme in chosen],
            limit=3,
        ),
        "offered": [*((theme, True) for theme in chosen), *((theme, False) for theme in suggested)],
    }
    return render(request, "conversations/_similar.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a text; when somebody was quicker, both texts are shown and nothing is lost."""
    contribution = contribution_at(request, pk)
    conversation = contribution.conversation
    require(policies.can_edit(reader(request), contribution))
    opening = contribution.part == Part.OPENING
    form = EditForm(
        request.POST or None,
        community=conversation.community,
        opening=opening,
        chosen=[theme.pk for theme in conversation.themes.all()] if opening else [],
        initial={"title": conversation.title, "body": _source(contribution), "version": contribution.version},
    )
    context = {"form": form, "contribution": contribution, "conversation": conversation}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _save(request, contribution, form)
                return redirect(permanent_address(contribution))
            except Conflict as conflict:
                context |= {"conflict": str(conflict), "theirs": _fresh(contribution)}
                status = 409
            except PasseurError as refusal:
                form.add_error(None, str(refusal))
                status = 409
    return render(request, "conversations/edit.html", context, status=status)


def _save(request: HttpRequest, contribution: Contribution, form: EditForm) -> None:
    opening = contribution.part == Part.OPENING
    services.edit(
        contribution=contribution,
        body=form.cleaned_data["body"],
        by=reader(request),
        version=form.cleaned_data["version"],
        title=form.cleaned_data["title"] if opening else None,
    )
    if opening:
        services.set_themes(
            conversation=contribution.conversation, themes=form.chosen_themes(), by=reader(request)
        )
    toasts.toast(request, _("Vos changements sont enregistrés."))


def _source(contribution: Contribution) -> str:
    """The text as one edits it: Markdown, also for what came in as HTML."""
    return html_to_markdown(contribution.body) if contribution.markup == Markup.HTML else contribution.body


def _fresh(contribution: Contribution) -> Contribution:
    """The contribution as somebody else saved it meanwhile."""
    return Contribution.objects.select_related("author", "conversation").get(pk=contribution.pk)
