"""A community made at random in which people write what lasts, and meet around it, in two blocks of weeks."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Container

from django.utils import timezone

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.choices import Role
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory
from passeur.skills.tests.factories import ThemeFactory

from ..queries.slices import BLOCK, DAY, block_of
from ..services import Remains, Text, follow_lasting

WEEKS = 8
WEEK = 7 * DAY
Part = tuple[int, frozenset[int]]
"""(week, themes with those above): what no filter tells apart."""


class Archive:
    """Texts of few or of many people, in two languages and in three themes, of which one is below another.

    `wrote` are, by part and language, the authors of texts that came to last; `met` are, by part and whether
    the text was in date then, those who wrote or reacted there.
    """

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        self.begun = block_of(timezone.localdate()) - 2 * BLOCK * DAY
        self.community = CommunityFactory.create(verified_for=21)
        self.manager, self.trainer = (
            MembershipFactory.create(community=self.community, role=role).member
            for role in (Role.LCM, Role.TRAINING_MANAGER)
        )
        self.people = [MemberFactory.create().pk for _ in range(chance.choice([9, 12, 16]))]
        root = ThemeFactory.create(community=self.community)
        self.themes = [root, ThemeFactory.create(parent=root), ThemeFactory.create(community=self.community)]
        self.wrote: dict[tuple[Part, int], list[int]] = defaultdict(list)
        self.met: dict[tuple[Part, bool], list[int]] = defaultdict(list)
        often = chance.choice([0.15, 0.4])
        made = [self._remains(chance, number, often) for number in range(1, chance.choice([25, 40]))]
        follow_lasting(made)

    def _remains(self, chance: random.Random, number: int, often: float) -> Remains:
        week, who, language = chance.randrange(WEEKS), chance.choice(self.people), int(chance.random() < 0.3)
        stated = [one.pk for one in self.themes if chance.random() < chance.choice([0.2, 0.5])]
        within = frozenset(stated) | ({self.themes[0].pk} if self.themes[1].pk in stated else frozenset())
        self.wrote[(week, within), language].append(who)
        met = []
        for later in range(week, WEEKS):
            for other in self.people:
                if chance.random() < often / 4:
                    met.append((other, self.at(later)))
                    self.met[(later, within), 7 * (later - week) < 21].append(other)
        return Remains(
            number, self.community.pk, themes=stated, author=who, said=[(self.at(week), True)], met=met,
            text=Text(language, 90, 6, 140),
        )  # fmt: skip

    def at(self, week: int) -> dt.datetime:
        """Noon of its Monday."""
        return timezone.make_aware(dt.datetime.combine(self.begun + week * WEEK, dt.time(12)))

    def parts(
        self, weeks: Container[int], inside: int | None = None, outside: int | None = None
    ) -> list[Part]:
        """Those of some weeks, in a theme, or out of one."""
        every = {part for part, _ in (*self.wrote, *self.met)}
        return [
            part
            for part in sorted(every, key=lambda part: (part[0], sorted(part[1])))
            if part[0] in weeks
            and (inside is None or inside in part[1])
            and (outside is None or outside not in part[1])
        ]
