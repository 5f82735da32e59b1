"""Who replies, by team, and how many reached what, of whole blocks of four weeks (decision 49)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from passeur.algorithms.measures.estimates import Share

from ..choices import Milestone, Withholding
from ..models import Reached, TeamReplies
from .guarding import Withheld, pooled
from .network import count_of_people, rounded
from .sets import Some
from .slices import Slice, blocks_of
from .telling import open_teams


@dataclass(frozen=True, slots=True)
class Replying:
    """Replies of a team, over all of the blocks in which it is told of; both to the nearest five."""

    replies: int
    of: int

    @property
    def share(self) -> float:
        """In [0, 1]."""
        return min(1.0, self.replies / self.of) if self.of else 0.0


def replies_by_team(slice: Slice) -> dict[str, Replying | Withheld]:
    """By team, how many of the replies people of it gave, in the blocks that are over. One query.

    A team is told of in a block where enough of it replied, and enough of all those not told of; with `team`,
    only that one. None with a theme: who replied to whom has none.
    """
    if slice.theme is not None:
        return {}
    by_block: dict[tuple[int, dt.date], dict[str, TeamReplies]] = defaultdict(dict)
    for row in TeamReplies.objects.filter(**_where(slice)):
        by_block[row.community, row.begun][row.team] = row
    replies: dict[str, int] = defaultdict(int)
    whole: dict[str, int] = defaultdict(int)
    for (community, _begun), rows in by_block.items():
        told = open_teams(replied(rows), slice.smallest[community])
        for team, row in rows.items():
            if team:
                replies[team] += row.replies if team in told else 0
                whole[team] += sum(one.replies for one in rows.values()) if team in told else 0
    return {
        team: Replying(rounded(replies[team]), rounded(whole[team]))
        if rounded(replies[team])
        else Withheld(Withholding.FEW_PEOPLE)
        for team in sorted(replies)
        if slice.team in ("", team)
    }


def replied(rows: dict[str, TeamReplies]) -> dict[str, Some]:
    """Nobody is of two teams: any numbers will do for people, if no two teams have one in common."""
    found, first = {}, 0
    for team, row in rows.items():
        found[team] = Some(row.replies, set(range(first, first + row.people)))
        first += row.people
    return found


def milestones(slice: Slice) -> dict[Milestone, Share | Withheld]:
    """How many people reached each in the blocks of the slice that are over, to the nearest five. One query.

    Nothing with a theme or a team: they are made of the whole community.
    """
    if slice.theme is not None or slice.team:
        return {}
    counts: dict[tuple[Milestone, int], int] = defaultdict(int)
    people: dict[int, int] = defaultdict(int)
    for row in Reached.objects.filter(**_where(slice)):
        counts[Milestone(row.milestone), row.community] += row.count
        people[row.community] = max(people[row.community], row.people)
    return {
        milestone: pooled(
            [
                count_of_people(size, counts[milestone, community], slice.smallest[community])
                for community, size in sorted(people.items())
            ]
        )
        for milestone in Milestone
        if people
    }


def _where(slice: Slice) -> dict[str, Any]:
    return {
        "community__in": slice.numbers,
        "begun__in": [begun for begun, _ended in blocks_of(slice)],
    }
