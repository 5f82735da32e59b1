"""The moves of a cue: done at once, or after a short form opened in place; without JavaScript, on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from passeur.communities import queries as communities
from passeur.conversations.choices import State
from passeur.conversations.queries.similar import SimilarQuestion, similar_questions
from passeur.expertise import queries as expertise
from passeur.foundation.access import signed_in
from passeur.foundation.toasts import trouble

from .. import errors, queries, services
from ..cues import Cue, Move, Opens
from ..forms import FORMS, MoveForm
from ..services.gestures import Given
from .acting import act, community_at, list_as_it_is
from .asked import manager_of

if TYPE_CHECKING:
    from passeur.communities.models import Community
    from passeur.expertise.queries import Candidate

LOOKED_AT, SHOWN = 12, 5
ANSWERED = (State.ANSWERED, State.RESOLVED)


@signed_in
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, slug: str, key: str, name: str) -> HttpResponse:
    """One of the moves that a cue offers."""
    community, by = community_at(request, slug), manager_of(request)
    cue = queries.find_cue(by, community, key, timezone.now())
    chosen = cue.move(name) if cue else None
    if request.method == "POST" and (chosen is None or chosen.opens == Opens.NOTHING):
        return act(
            request, lambda: services.move(community=community, key=key, slug=name, given=Given(), by=by)
        )
    if cue is None or chosen is None or chosen.opens == Opens.NOTHING:
        trouble(request, str(errors.NoSuchMove() if cue else errors.CueGone()))
        return list_as_it_is(request, request.GET)
    form = FORMS[chosen.opens](chosen, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = _given(community, form.cleaned_data)
        return act(
            request, lambda: services.move(community=community, key=key, slug=name, given=given, by=by)
        )
    return _form(request, cue, chosen, form)


def _given(community: Community, cleaned: dict[str, Any]) -> Given:
    person = None
    if "person" in cleaned:
        person = communities.members(community, with_account=True).filter(pk=cleaned["person"]).first()
    return Given(text=cleaned.get("text", ""), person=person, target=cleaned.get("target"))


def _form(request: HttpRequest, cue: Cue, chosen: Move, form: MoveForm) -> HttpResponse:
    context: dict[str, Any] = {"cue": cue, "move": chosen, "form": form, "asked": request.GET or request.POST}
    if chosen.opens == Opens.SIMILAR:
        context["found"] = _answered_like(request, cue)
    if chosen.opens == Opens.PEOPLE:
        context["candidates"] = _who_could(cue)
    again = request.method == "POST"
    if not request.headers.get("HX-Request"):
        return render(request, "desk/move.html", context, status=422 if again else 200)
    response = render(request, "desk/_move_form.html", context, status=422 if again else 200)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = f"#move-{cue.anchor}", "innerHTML"
    return response


def _answered_like(request: HttpRequest, cue: Cue) -> list[SimilarQuestion]:
    """The closest questions that have an answer: pointing to one that waits too would help nobody."""
    found = similar_questions(
        manager_of(request),
        community=cue.community,
        title=cue.title,
        limit=LOOKED_AT,
        leave_out=cue.conversation.pk if cue.conversation else None,
    )
    return [close for close in found if close.conversation.state in ANSWERED][:SHOWN]


def _who_could(cue: Cue) -> list[Candidate]:
    """Those who know the subject and can be asked now."""
    known = (
        expertise.candidates_for(cue.conversation)
        if cue.conversation
        else expertise.candidates_for_words(cue.community, cue.about)
    )
    return [candidate for candidate in known if candidate.available]
