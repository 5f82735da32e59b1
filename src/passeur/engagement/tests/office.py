"""A community made at random in which people start exchanges, as the room of conversations tells of them."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from passeur.communities.choices import Role
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory
from passeur.skills.tests.factories import ThemeFactory

from ..services import Told, follow_exchanges, remake_marked
from ..services.people import freeze
from .company import MONDAY, WEEK

DAY = dt.timedelta(days=1)
SOON = dt.timedelta(hours=2)
"""After which a reply comes, or after a day."""
WEEKS = 8
NOW = dt.datetime.combine(MONDAY + 20 * WEEK, dt.time(12), dt.UTC)
TEAMS = ("T0", "T1", "T2")
FORMS = ("question", "discussion", "experience")
WORDS = (20, 100, 300, 900)
"""Of an opening, by length."""
Part = tuple[int, str, frozenset[int], bool, str, int, int, int, int]
"""(week, form, themes, whether it is the first of its author, team, day, hour, length, channel)."""


@dataclass(frozen=True)
class Started:
    """An exchange: `who` is a member, `week` and `day` are numbers, `themes` those that it states.

    `length` is a place in `WORDS`, `channel` 0 where it was written here.
    """

    number: int
    week: int
    form: str
    themes: frozenset[int]
    who: int
    day: int
    hour: int
    length: int = 0
    channel: int = 0
    is_replied: bool = False
    is_useful: bool = False
    is_soon: bool = False
    is_resolved: bool = False

    @property
    def asks(self) -> bool:
        return self.form == "question"

    @property
    def at(self) -> dt.datetime:
        """Those of one hour in the order of their numbers."""
        day = MONDAY + self.week * WEEK + self.day * DAY
        return dt.datetime.combine(day, dt.time(self.hour), dt.UTC) + dt.timedelta(seconds=self.number)


class Office:
    """People who start exchanges, most of them questions, in two themes, of which one has one below.

    They start so many `each` week, about, or as many as chance says.
    """

    def __init__(self, seed: int, each: int | None = None) -> None:
        chance = random.Random(seed)
        self.community = CommunityFactory.create()
        self.manager, self.trainer = (
            MembershipFactory.create(community=self.community, role=role).member
            for role in (Role.LCM, Role.TRAINING_MANAGER)
        )
        teams = [
            (MembershipFactory.create(community=self.community, member__team=team).member, team)
            for team, size in (
                ("T0", 6),
                ("T1", chance.choice([5, 6])),
                ("T2", chance.choice([1, 3])),
                ("", 2),
            )
            for _ in range(size)
        ]
        self.members = {member.pk: member for member, _ in teams}
        self.team_of = {member.pk: team for member, team in teams}
        freeze(MONDAY)
        people = list(self.team_of)
        root = ThemeFactory.create(community=self.community)
        self.themes = [root, ThemeFactory.create(parent=root), ThemeFactory.create(community=self.community)]
        drawn = chance.choice([3, 9, 14])
        each = each or drawn
        aside = random.Random(f"beside {seed}")
        helped, elsewhere = aside.choice([0.3, 0.7]), set(aside.sample(people, 6))
        self.started: dict[int, Started] = {}
        for week in range(WEEKS):
            times = [
                (chance.choice([0, 0, 0, 1, 5]), chance.choice([8, 8, 8, 14]))
                for _ in range(chance.randint(0, 2 * each))
            ]
            for day, hour in sorted(times):
                who, form = chance.choice(people), chance.choice((*FORMS[:1] * 4, *FORMS[1:]))
                stated = [one.pk for one in self.themes if chance.random() < chance.choice([0.1, 0.4, 0.9])]
                number = len(self.started) + 1
                self.started[number] = Started(
                    number, week, form, frozenset(stated), who, day, hour,
                    length=aside.choice([0, 0, 0, 1, 1, 2, 3]),
                    channel=int(who in elsewhere and aside.random() < 0.6),
                    is_replied=aside.random() < helped, is_useful=aside.random() < helped,
                )  # fmt: skip
        self.tell(*self.started.values())

    def tell(self, *some: Started, gone: Collection[int] = (), elsewhere: int | None = None) -> None:
        """These stand so now, and those `gone` are no more; or they stand in a community `elsewhere`."""
        self.started |= {one.number: one for one in some if elsewhere is None}
        self.forget(*gone, *(one.number for one in some if elsewhere is not None))
        follow_exchanges([self._told(one, elsewhere or self.community.pk) for one in some], gone=gone)
        remake_marked()

    def forget(self, *numbers: int) -> None:
        """These are counted no more."""
        for number in numbers:
            del self.started[number]
        self.parts: dict[Part, list[int]] = defaultdict(list)
        """Who started the exchanges that no filter tells apart."""
        for part, one in self.placed():
            self.parts[part].append(one.who)

    def by(self, who: int) -> list[int]:
        """The exchanges that somebody started."""
        return [number for number, one in self.started.items() if one.who == who]

    def _told(self, one: Started, community: int) -> Told:
        return Told(
            one.number, community, one.form, asks=one.asks, asked_at=one.at, state="answered",
            is_resolved=one.is_resolved, asker=one.who, themes=sorted(one.themes), due_at=one.at + WEEK,
            replied_at=one.at + (SOON if one.is_soon else DAY) if one.is_replied else None,
            is_helpful=one.is_useful, is_useful=one.is_useful, words=WORDS[one.length],
            channel=one.channel or None,
        )  # fmt: skip

    def placed(self) -> Iterator[tuple[Part, Started]]:
        """Each exchange with the part that it is of, in their order."""
        root, below = self.themes[0].pk, self.themes[1].pk
        asked: set[int] = set()
        for one in sorted(self.started.values(), key=lambda one: one.at):
            within = one.themes | ({root} if below in one.themes else set())
            is_first = one.who not in asked
            asked.add(one.who)
            team = self.team_of[one.who]
            part = (one.week, one.form, within, is_first, team, one.day, one.hour, one.length, one.channel)
            yield part, one


class Gathered(Office):
    """Of some weeks all is about one theme, or nothing; or in one form, or in none such; or by one team."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed, each=14)
        chance = random.Random(f"gathered {seed}")
        ways = ("theme", "no theme", "form", "no form", "team")
        gathered = {week: chance.choice(ways) for week in chance.sample(range(WEEKS), 5)}
        theme, form, team = chance.choice([0, 1, 2]), chance.choice(FORMS[1:]), chance.choice(TEAMS[:2])
        within = {self.themes[theme].pk}
        around = within | ({self.themes[1].pk} if theme == 0 else set())
        other = next(one for one in FORMS[1:] if one != form)
        for one in list(self.started.values()):
            match gathered.get(one.week):
                case "theme":
                    one = replace(one, themes=one.themes | within)
                case "no theme":
                    one = replace(one, themes=one.themes - around)
                case "form" if not one.asks:
                    one = replace(one, form=form)
                case "no form" if not one.asks:
                    one = replace(one, form=other)
                case "team":
                    who = chance.choice([who for who, of in self.team_of.items() if of == team])
                    one = replace(one, who=who)
            self.started[one.number] = one
        self.tell(*self.started.values())


class Nested(Office):
    """All of a form, or of a team, is in a theme, and of the others what one or two people started; or all of
    a theme is in a form, or by a team, and little else is.
    """

    def __init__(self, seed: int) -> None:
        super().__init__(seed, each=14)
        chance = random.Random(f"nested {seed}")
        theme = chance.choice([0, 1, 2])
        within = {self.themes[theme].pk}
        around = within | ({self.themes[1].pk} if theme == 0 else set())
        form, team = chance.choice([(FORMS[1], ""), (FORMS[2], ""), ("", TEAMS[0]), ("", TEAMS[1])])
        inner = chance.choice(["theme", "other"])
        few = set(chance.sample([who for who, of in self.team_of.items() if of != team], 2))
        for one in list(self.started.values()):
            is_of_it = one.form == form if form else self.team_of[one.who] == team
            if one.asks and form:
                continue
            is_within = is_of_it or one.who in few
            if inner == "theme":
                is_within = is_of_it and one.who not in few and chance.random() < 0.9
            themes = one.themes | within if is_within else one.themes - around
            self.started[one.number] = replace(one, themes=themes)
        self.tell(*self.started.values())


class Valued(Office):
    """All of some weeks, or of a form, a team or a theme, came by one channel, was asked on one day, in one
    part of the day or in few words; and of the others only what one or two people started.
    """

    def __init__(self, seed: int) -> None:
        super().__init__(seed, each=14)
        chance = random.Random(f"valued {seed}")
        trait = chance.choice(["day", "hour", "length", "channel"])
        here, other = {"day": (5, 0), "hour": (14, 8), "length": (3, 0), "channel": (1, 0)}[trait]
        way = chance.choice(["weeks", "weeks", "form", "team", "theme"])
        weeks, form = set(chance.sample(range(WEEKS), 7)), chance.choice(FORMS)
        team, theme = chance.choice(TEAMS[:2]), self.themes[chance.choice([1, 2])].pk
        few = set(chance.sample([who for who, of in self.team_of.items() if way != "team" or of != team], 2))
        for one in list(self.started.values()):
            is_of_it = {
                "weeks": one.week in weeks,
                "form": one.form == form,
                "team": self.team_of[one.who] == team,
                "theme": theme in one.themes,
            }[way]
            value = here if is_of_it or one.who in few else other
            self.started[one.number] = _valued(one, trait, value)
        self.tell(*self.started.values())


def _valued(one: Started, trait: str, value: int) -> Started:
    match trait:
        case "day":
            return replace(one, day=value)
        case "hour":
            return replace(one, hour=value)
        case "length":
            return replace(one, length=value)
        case _:
            return replace(one, channel=value)
