"""Starting a conversation, with help while typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from passeur.communities import policies as community_policies
from passeur.communities import queries as communities
from passeur.foundation import limits, toasts
from passeur.foundation.access import signed_in
from passeur.foundation.policies import require
from passeur.skills import queries as skills
from passeur.writing import services as writing

from .. import policies, services
from ..choices import Kind
from ..forms.writing import NewConversationForm, NewExperienceForm
from ..queries import places
from ..queries.similar import similar_questions
from .finding import community_at, reader
from .sheets import open_at

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


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
@limits.limited(limits.POSTING)
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
    place = places.start_place(slug, kind)
    opened = open_at(request, place)
    initial = opened.sheet.initial({"title": request.GET.get("title", "")[:200]})
    ticked = [int(pk) for pk in initial.pop("themes", []) if pk.isdigit()] or ([theme.pk] if theme else [])
    form = made(opened.posted, community=community, kind=chosen, chosen=ticked, initial=initial)
    if opened.posted is not None and form.is_valid():
        address = writing.publish_once(
            posted=opened.posted,
            by=member,
            place=place,
            act=lambda: _start(form, community, chosen, member, opened.posted),
        )
        asks = chosen == Kind.QUESTION
        toasts.toast(request, _published(opened.posted, community, member) if asks else _("C’est publié."))
        return redirect(address)
    context = {
        "community": community,
        "form": form,
        "kind": chosen,
        "current": "ask",
        "sheet": opened.sheet,
    }
    return render(request, "conversations/start.html", context, status=opened.status)


def _published(posted: QueryDict, community: Community, by: Member) -> str:
    """That it is there, and who is being told of it: those whom the author left ticked."""
    keys = [int(pk) for pk in posted.getlist("invited") if pk.isdigit()][:3]
    told = communities.members(community, with_account=True).filter(pk__in=keys).exclude(pk=by.pk)
    if names := [member.name for member in told]:
        words = _("Votre question est publiée. Nous la signalons à %(names)s.")
        return words % {"names": get_text_list(names, _("et"))}
    return _("Votre question est publiée.")


def _start(
    form: NewConversationForm, community: Community, kind: Kind, by: Member, posted: QueryDict | None
) -> str:
    """Publish, and say where."""
    invited = posted.getlist("invited") if posted is not None else []
    conversation = services.start_conversation(
        community=community,
        kind=kind,
        title=form.cleaned_data["title"],
        body=form.text(),
        by=by,
        themes=form.chosen_themes(),
        invited=[int(pk) for pk in invited if pk.isdigit()][:3],
    )
    return reverse("conversations:detail", args=[conversation.pk])


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
