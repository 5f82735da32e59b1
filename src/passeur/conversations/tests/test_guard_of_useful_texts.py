"""What is told of the most useful texts tells nothing that the page of each text does not say (decision 69).

Somebody may read the table with every theme, as the LCM and as the training manager, before and after a
person was erased, and count the words of thanks on the page of each text. Two companies are drawn by chance
of which all these pages say the same, while other people said these words: several words by one person or
each by another, by who accepted the text, by who doubted it, by who is erased then, or by none of them. Is
the table of both the same each time, nobody can know which of the two is theirs, so that of nobody is
anything found out.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict

import pytest
from django.utils import timezone

from passeur.accounts.services import erase
from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.choices import Role
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory
from passeur.engagement import queries as engagement
from passeur.foundation.tests.chance import by_chance
from passeur.skills.tests.factories import ThemeFactory

from ..choices import Meaning, Part
from ..models import Contribution, Reaction
from ..queries import reactions
from ..services import lasting
from .factories import (
    ContributionFactory,
    ConversationThemeFactory,
    ReactionFactory,
    VerificationFactory,
    question,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
THANKS = (Meaning.HELPS, Meaning.LIVED, Meaning.THANKS)
TEXTS = 11


class Company:
    """Accepted answers by eleven people. `seed` draws all that pages say, `who` draws who said it."""

    def __init__(self, seed: int, who: int) -> None:
        drawn, self._who = random.Random(seed), random.Random(f"{seed} {who}")
        self.community = CommunityFactory.create()
        self.readers = [
            MembershipFactory.create(community=self.community, role=role).member
            for role in (Role.LCM, Role.TRAINING_MANAGER)
        ]
        self.people = [MemberFactory.create() for _ in range(9)]
        self.themes = [ThemeFactory.create(community=self.community) for _ in range(2)]
        self.texts = [self._answer(drawn, number) for number in range(TEXTS)]
        lasting.tell([one.conversation_id for one in self.texts])

    def _answer(self, drawn: random.Random, number: int) -> Contribution:
        at = timezone.now() - 40 * DAY
        asker, doubter = drawn.sample(range(9), 2)
        one = question(community=self.community, author=self.people[asker], created_at=at)
        answer = ContributionFactory.create(conversation=one, part=Part.ANSWER, created_at=at + DAY)
        one.accepted_answer, one.accepted_at, one.accepted_by = answer, at + 2 * DAY, one.author
        one.save()
        for word in THANKS:
            for person in self._who.sample(self.people, drawn.randint(0, 5)):
                ReactionFactory.create(contribution=answer, meaning=word, member=person)
        if drawn.random() < 0.4:
            VerificationFactory.create(
                contribution=answer, member=self.people[doubter], holds=False, reason="Plus maintenant."
            )
        ConversationThemeFactory.create(conversation=one, theme=self.themes[number % 2])
        return answer

    def pages(self) -> list[list[int]]:
        """Of each text, how often each word was said."""
        return [[each.count for each in reactions.on(one, self.readers[0])] for one in self.texts]

    def told(self) -> list[list[tuple[int, int, int]]]:
        """What each reader is told of all and of each theme: which text, and its voices."""
        places = {one.conversation_id: place for place, one in enumerate(self.texts)}
        today = timezone.localdate()
        return [
            [
                (places[row.number], row.useful, row.judged)
                for row in engagement.most_useful(
                    engagement.slice_of(reader, first=today - 90 * DAY, last=today, theme=theme), 10
                )
            ]
            for reader in self.readers
            for theme in (None, *self.themes)
        ]


def attack(seed, run_jobs):
    """Where the tables of two companies differ whose pages say the same: before or after an erasure."""
    both = [Company(seed, who) for who in range(2)]
    if both[0].told() != both[1].told():
        yield "before"
    for one in both:
        erase(member=one.people[seed % 9], by=one.people[seed % 9])
    run_jobs()
    for one in both:
        lasting.tell([text.conversation_id for text in one.texts])
    if both[0].told() != both[1].told():
        yield "after"
    assert both[0].pages() == both[1].pages()


@pytest.mark.parametrize("seed", by_chance(range(4)))
def test_the_table_tells_nothing_that_pages_do_not(seed, run_jobs):
    assert list(attack(seed, run_jobs)) == []


def test_much_is_told_all_the_same():
    assert [bool(rows) for rows in Company(0, 0).told()] == [True, True, True, True, False, False]


@pytest.mark.parametrize("without_the_erased", [False, True])
def test_counted_by_person_or_without_the_erased_it_does(without_the_erased, run_jobs, monkeypatch):
    def thanks(texts):
        said = Reaction.objects.filter(contribution__in=list(texts.values()), meaning__in=THANKS)
        if without_the_erased:
            said = said.filter(member__erased_at=None)
        rows = said.values_list("contribution__conversation", "member", "meaning")
        counted = defaultdict(set)
        for conversation, member, meaning in rows:
            counted[conversation].add((member, meaning if without_the_erased else ""))
        return defaultdict(int, {one: len(voices) for one, voices in counted.items()})

    monkeypatch.setattr(lasting, "_thanks", thanks)
    found = list(attack(0, run_jobs))
    assert found == (["after"] if without_the_erased else ["before", "after"])
