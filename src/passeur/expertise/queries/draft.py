"""Who could be told of a question that is being written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from passeur.communities import queries as communities
from passeur.skills import queries as skills

from .candidates import Considered, considered_for_draft

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

LONGEST_TITLE, LONGEST_BODY = 300, 5000
MOST = 3
TICKED = 2


def draft_panel(community: Community, asker: Member, form: QueryDict, *, swapped: bool) -> dict[str, Any]:
    """What the aside of the ask page shows for what was typed so far.

    Until the writer chose, the best two are ticked; `swapped` says that the page was there before.
    """
    title, body = form.get("title", "")[:LONGEST_TITLE], form.get("body", "")[:LONGEST_BODY]
    themes = skills.chosen(community, keys=form.getlist("themes"), slug=form.get("theme", ""))
    if not themes:
        themes = skills.suggest(community, f"{title} {body}")
    anything = bool(title.strip() or body.strip() or themes)
    considered = (
        considered_for_draft(
            community=community, asker=asker, title=title, body=body, themes=themes, limit=MOST
        )
        if anything
        else Considered()
    )
    ticked = _ticked(considered, form, swapped=swapped)
    return {
        "community": community,
        "anything": anything,
        "themes": themes,
        "considered": considered,
        "people": [(candidate, candidate.member.pk in ticked) for candidate in considered.people],
        "animators": list(communities.animators(community).exclude(pk=asker.pk)[:2]),
    }


def _ticked(considered: Considered, form: QueryDict, *, swapped: bool) -> set[int]:
    """Those whom the writer left ticked, and the best of those they have not seen yet."""
    offered = {int(pk) for pk in form.getlist("offered") if pk.isdigit()}
    kept = {int(pk) for pk in form.getlist("invited") if pk.isdigit()}
    if swapped and offered:
        new = [c.member.pk for c in considered.people if c.member.pk not in offered]
        room = TICKED - len(kept & {c.member.pk for c in considered.people})
        declined = bool(offered - kept)
        return kept | set([] if declined else new[: max(0, room)])
    return {candidate.member.pk for candidate in considered.people[:TICKED]}
