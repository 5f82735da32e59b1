"""A community with people in it and things that they did, for the tests of figures."""

from __future__ import annotations

import datetime as dt

from passeur.communities.tests.factories import CommunityFactory, ManagerFactory, MembershipFactory
from passeur.records import protocols as records

from ..services import advance_all
from ..services.people import freeze
from .factories import fact, write

MONDAY = dt.date(2026, 4, 20)
"""The first day of a block of four weeks, and of six of them."""
WEEK = dt.timedelta(days=7)


class Company:
    """One community, its LCM, and members by team."""

    def __init__(self, **teams: int) -> None:
        self.community = CommunityFactory.create()
        self.manager = ManagerFactory.create(community=self.community).member
        self.members = {
            team: [
                MembershipFactory.create(community=self.community, member__team=team).member
                for _ in range(number)
            ]
            for team, number in teams.items()
        }
        freeze(MONDAY)

    @property
    def everybody(self):
        return [member for some in self.members.values() for member in some]

    def act(self, *members, on=MONDAY, verb=records.ANSWERED, themes=(), concerned=()):
        """Each of them does something on a day."""
        at = dt.datetime.combine(on, dt.time(12), dt.UTC)
        write(
            *(
                fact(
                    one.pk, verb, self.community.pk, at,
                    themes=themes, concerned=[other.pk for other in concerned], kind=records.REPLY,
                )
                for one in members
            )
        )  # fmt: skip
        advance_all(MONDAY)
