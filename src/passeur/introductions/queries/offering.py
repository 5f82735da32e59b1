"""Whom an LCM is offered who looks for somebody to introduce: whom their desk names first, then others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ..choices import Why
from .suggesting import Suggestion, strangers, suggestions

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

MOST = 5

NamesFirst = Callable[["Member", "Community", "Member"], Suggestion | None]
"""Whom a room above names for a member of a community, to an LCM of it."""

_names_first: list[NamesFirst] = []


def name_first(find: NamesFirst) -> NamesFirst:
    """Register who says what the desk says, so that the page says nothing else."""
    _names_first[:] = [find]
    return find


def offered(member: Member, community: Community, *, by: Member, name: str = "") -> list[Suggestion]:
    """Whom `member` could meet here, five at most: first whom the desk names, with its reason, where the two
    may be proposed to each other and never met. With a name, only those of that name.

    A number of queries that does not depend on how many members there are.
    """
    found = suggestions(member, community, most=MOST, name=name)
    if name:
        return found
    for first in filter(None, (find(member, community, by) for find in _names_first)):
        if strangers(member, community).filter(pk=first.other.pk).exists():
            others = [one for one in found if one.other.pk != first.other.pk]
            also = [one for one in found if one.other.pk == first.other.pk]
            return [_with(first, also), *others][:MOST]
    return found


def _with(first: Suggestion, also: list[Suggestion]) -> Suggestion:
    """What the desk says of somebody, and what else there is to say."""
    said = {why for why, _who, _themes in first.reasons}
    if first.words:
        said |= {Why.JOB, Why.SITE}
    return replace(
        first,
        reasons=[
            *first.reasons,
            *(reason for one in also for reason in one.reasons if reason[0] not in said),
        ],
    )
