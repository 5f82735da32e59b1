"""Who belongs to the communities of a scope, and who among them could reach out to somebody, and why."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from passeur.communities.choices import Role
from passeur.communities.queries.scopes import belonging
from passeur.conversations.queries.needs import Participation, active_lately, participation
from passeur.engagement.queries.company import unseen_among
from passeur.introductions import queries as meetings
from passeur.introductions.choices import Why
from passeur.outreach import queries as outreach

from . import moves
from .cue import Ground, Scope
from .moves import Move
from .subjects import Subject

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community, Membership

STEERING = (Role.LCM, Role.TRAINING_MANAGER)
LOOKED_AT = 200
"""The latest conversations of a community, in which those who take part now are found."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """A member with an account in one community: since when, and what ties them to others there."""

    community: int
    member: Member
    role: str
    joined_at: dt.datetime
    participation: Participation

    @property
    def leads(self) -> bool:
        return self.role in STEERING


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody who could reach out, and the reason in words that both may read."""

    member: Member
    why: str


def belongings(ground: Ground, subjects: Iterable[Subject]) -> list[Belonging]:
    """Those of these members who belong there now and have an account. Two queries for those who were not
    brought yet.
    """
    wanted = {(subject.community, int(subject.ident)) for subject in subjects}
    bring(ground, wanted)
    known = ground.kept[bring]
    return [one for place in sorted(wanted) if (one := known.get(place)) is not None]


def bring(ground: Ground, places: Iterable[tuple[int, int]]) -> None:
    """Have these (community, member) at hand: two queries for all whom no rule asked for yet."""
    known: dict[tuple[int, int], Belonging | None] = ground.kept.setdefault(bring, {})
    missing = {place for place in places if place not in known and place[0] in ground.by_pk}
    rows = belonging(missing)
    ties = participation(sorted(rows))
    known |= dict.fromkeys(missing)
    for place, row in rows.items():
        known[place] = Belonging(
            community=row.community_id,
            member=row.member,
            role=row.role,
            joined_at=row.joined_at,
            participation=ties.get(place, Participation()),
        )


def seen_alone(ground: Ground, found: Iterable[Belonging]) -> list[Belonging]:
    """Those of these of whom it may be seen that nobody exchanges with them. One query for those of whom no
    rule asked yet.
    """
    asked = list(found)
    known: dict[int, bool] = ground.kept.setdefault(seen_alone, {})
    if missing := {one.member.pk for one in asked} - known.keys():
        unseen = unseen_among(missing)
        known |= {member: member not in unseen for member in missing}
    return [one for one in asked if known[one.member.pk]]


class Neighbourhood:
    """Finds, for a member, somebody near in work who takes part in what is said now, has room, and is not
    already asked to reach out to somebody: nobody is made to welcome everybody. The same member gets the
    same neighbour until something changes, whatever else the page tells.
    """

    def __init__(self, scope: Scope, communities: Iterable[int]) -> None:
        here = set(communities)
        self._today = timezone.localdate(scope.now)
        asked, active = _active(scope, here)
        self._by_community: dict[int, list[Member]] = defaultdict(list)
        for place, row in active:
            if place[0] in here and place not in asked and self._could(row):
                self._by_community[place[0]].append(row.member)

    def _could(self, row: Membership) -> bool:
        member = row.member
        paused = member.paused_until is not None and member.paused_until >= self._today
        return row.role not in STEERING and member.receives_questions and not paused

    def near(self, member: Member, community: int) -> Neighbour | None:
        """The nearest one: same job, same team, same site, in that order."""
        others = [one for one in self._by_community[community] if one.pk != member.pk]
        known = [(*_nearness(member, other), other) for other in others]
        best = max(known, key=lambda found: (found[0], _lot(member, found[2])), default=None)
        return Neighbour(best[2], best[1]) if best and best[0] else None


def who_is_around(
    scope: Scope, members: Mapping[meetings.Place, Member]
) -> dict[meetings.Place, tuple[meetings.Meeting | None, Neighbour | None]]:
    """By (community, member), whose answers helped on what the member follows, and who is near in work: the
    first is whom to introduce to them, else the second.
    """
    neighbourhood = Neighbourhood(scope, {community for community, _member in members})
    known = meetings.worth_meeting(members)
    return {
        place: (known.get(place), neighbourhood.near(member, place[0])) for place, member in members.items()
    }


def named_first(member: Member, community: Community, by: Member) -> meetings.Suggestion | None:
    """Whom the desk of `by` names for a member there, for the page that chooses somebody to introduce."""
    place = community.pk, member.pk
    scope = Scope(by, [community], timezone.now())
    meeting, near = who_is_around(scope, {place: member})[place]
    if meeting is not None:
        return meetings.Suggestion(meeting.other, [(Why.HELPED, meeting.other.pk, [meeting.theme])])
    return meetings.Suggestion(near.member, [], near.why) if near is not None else None


def _active(scope: Scope, here: Set[int]) -> tuple[set[tuple[int, int]], list[tuple[Any, Membership]]]:
    """Who was asked where to go towards somebody, and who takes part where, in order: read once for all on
    the page who could be welcomed. Three queries.
    """
    known, asked, active = scope.kept.get(_active, (frozenset(), set(), []))
    if not here <= known:
        known = here | {cue.community.pk for cue in scope.told if cue.rule.reaches_out}
        asked = outreach.asked_to_reach(scope.by_pk[community] for community in known)
        active = sorted(belonging(active_lately(known, conversations=LOOKED_AT)).items())
        scope.kept[_active] = known, asked, active
    return asked, active


def _lot(member: Member, other: Member) -> int:
    """Between people equally near, each newcomer draws another lot, always the same one."""
    return hash((member.pk, other.pk))


def _nearness(a: Member, b: Member) -> tuple[int, str]:
    """How near two people's work is (0 to 3), and in which words."""
    if a.job and a.job == b.job:
        return 3, _("même métier à %(site)s") % {"site": b.site} if b.site else _("même métier")
    if a.team and a.team == b.team:
        return 2, _("même équipe, %(team)s") % {"team": b.team}
    if a.site and a.site == b.site:
        return 1, _("même site, %(site)s") % {"site": b.site}
    return 0, ""


def near_by(near: Neighbour | None, words: str) -> SafeString:
    """The sentence that names the neighbour, with the reason why them; `words` has both as blanks."""
    return format_html(words, name=near.member.name, why=near.why) if near else SafeString("")


def ask_to_reach(near: Neighbour | None, towards: Member, words: str, **blanks: str) -> list[Move]:
    """The move that asks the neighbour, if any; `words` has `name` (towards whom) and `why` as blanks."""
    if near is None:
        return []
    label = _("Demander à %(name)s") % {"name": near.member.first_name}
    draft = words % {"name": towards.name, "why": near.why, **blanks}
    return [moves.note("ask_to_reach", label, to=near.member, towards=towards, draft=draft)]
