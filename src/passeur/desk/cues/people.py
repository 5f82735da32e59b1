"""Who belongs to the communities of a scope, and who among them could reach out to somebody, and why."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from passeur.communities.choices import Role
from passeur.communities.queries.scopes import current_memberships
from passeur.conversations.queries.needs import Participation, participation
from passeur.foundation import memo

from .cue import Scope

if TYPE_CHECKING:
    from passeur.accounts.models import Member

STEERING = (Role.LCM, Role.TRAINING_MANAGER)


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


def belongings(scope: Scope) -> list[Belonging]:
    """Everybody with an account in the scope. A fixed number of queries, once in a request."""

    def read() -> list[Belonging]:
        ties = participation(scope.communities)
        rows = current_memberships(scope.communities)
        return [
            Belonging(
                community=row.community_id,
                member=row.member,
                role=row.role,
                joined_at=row.joined_at,
                participation=ties.get((row.community_id, row.member_id), Participation()),
            )
            for row in rows
        ]

    return memo.once(("desk.belongings", *sorted(scope.by_pk)), read)


class Neighbourhood:
    """Finds, for a member, somebody near in work who takes part and has room. Each is named once at most
    three times in a list, so that nobody is made to welcome everybody.
    """

    MOST = 3

    def __init__(self, scope: Scope) -> None:
        self._today = scope.now.date()
        self._times: dict[int, int] = defaultdict(int)
        self._by_community: dict[int, list[Belonging]] = defaultdict(list)
        for one in belongings(scope):
            if self._could(one):
                self._by_community[one.community].append(one)

    def _could(self, one: Belonging) -> bool:
        member = one.member
        paused = member.paused_until is not None and member.paused_until >= self._today
        return one.participation.given > 0 and not one.leads and not paused and member.receives_questions

    def near(self, member: Member, community: int, *, leave_out: Iterable[int] = ()) -> Neighbour | None:
        """The nearest one: same job and another site, same team, same site, in that order."""
        out = {member.pk, *leave_out}
        best: tuple[int, int, str, Belonging] | None = None
        for one in self._by_community[community]:
            if one.member.pk in out or self._times[one.member.pk] >= self.MOST:
                continue
            nearness, why = _nearness(member, one.member)
            if nearness and (best is None or (nearness, -one.member.pk) > (best[0], best[1])):
                best = (nearness, -one.member.pk, why, one)
        if best is None:
            return None
        self._times[best[3].member.pk] += 1
        return Neighbour(best[3].member, best[2])


def _nearness(a: Member, b: Member) -> tuple[int, str]:
    """How near two people's work is (0 to 3), and in which words."""
    if a.job and a.job == b.job and b.site:
        return 3, _("même métier à %(site)s") % {"site": b.site}
    if a.team and a.team == b.team:
        return 2, _("même équipe, %(team)s") % {"team": b.team}
    if a.site and a.site == b.site:
        return 1, _("même site, %(site)s") % {"site": b.site}
    return 0, ""
