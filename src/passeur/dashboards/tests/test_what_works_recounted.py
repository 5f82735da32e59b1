"""*What works*: whatever happens in what order, its figures are what a recount of the texts gives."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from django.apps import apps
from django.utils import timezone

from passeur.accounts.services import erase
from passeur.accounts.tests.factories import MemberFactory
from passeur.channels.tests.factories import ChannelFactory
from passeur.communities.choices import Role
from passeur.conversations.choices import ASKING, Kind, Meaning, Part
from passeur.conversations.services import telling
from passeur.conversations.tests.factories import (
    ContributionFactory,
    ConversationThemeFactory,
    ReactionFactory,
    question,
)
from passeur.engagement import queries as engagement
from passeur.engagement.services import remake_marked, responding
from passeur.skills import queries as skills
from passeur.skills.tests.factories import ThemeFactory

from ..protocols import Period, Slice
from ..queries import facts, looking, traits, working
from .stories import place

Membership = apps.get_model("communities.Membership")
Conversation, Reaction = (apps.get_model(f"conversations.{name}") for name in ("Conversation", "Reaction"))
Actor, Exchange, ResponseDay, ResponseWeek = (
    apps.get_model(f"engagement.{name}") for name in ("Actor", "Exchange", "ResponseDay", "ResponseWeek")
)
DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
PERIOD = Period(dt.date(2026, 1, 26), dt.date(2026, 4, 19))
"""Three blocks of four weeks."""
HELPFUL = {Meaning.HELPS, Meaning.LIVED, Meaning.THANKS}


class Town:
    """A community of three months, in which everything that changes what works happens, in any order."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.community, self.manager, self.people = place(16)
        self.machine = MemberFactory.create(is_machine=True)
        root = ThemeFactory.create(community=self.community)
        self.themes = [root, ThemeFactory.create(parent=root), ThemeFactory.create(community=self.community)]
        self.channels = [
            ChannelFactory.create(community=self.community, kind="moodle"),
            ChannelFactory.create(community=self.community, kind="demo"),
        ]
        self.started = 0
        for _ in range(120):
            self.start()
        self.tell(Conversation.objects.all())

    @property
    def part(self) -> Slice:
        return Slice(self.manager, (self.community,), PERIOD)

    def tell(self, conversations) -> None:
        telling.tell([one.pk for one in conversations])
        remake_marked()

    def start(self) -> Any:
        chance = self.chance
        self.started += 1
        at = PERIOD.since + chance.random() * (PERIOD.until - PERIOD.since)
        one = question(
            community=self.community, author=chance.choice(self.people), created_at=at,
            kind=chance.choice([Kind.QUESTION, Kind.QUESTION, Kind.DISCUSSION, Kind.EXPERIENCE]),
            opening="mot " * chance.choice([3, 50, 51, 150, 160, 400, 401]),
            channel=chance.choice([None, None, *self.channels]), external_id=f"{self.started}",
        )  # fmt: skip
        for position, theme in enumerate(self.themes):
            if chance.random() < 0.3:
                ConversationThemeFactory.create(conversation=one, theme=theme, position=position)
        for _ in range(chance.choice([0, 1, 2, 4])):
            self.reply(one)
        for _ in range(chance.choice([0, 0, 1, 3])):
            self.react(one)
        return one

    def later(self, one: Any) -> dt.datetime:
        at: dt.datetime = one.created_at
        return at + self.chance.choice([1, 20, 13 * 24, 335.9, 336.1, 500]) * HOUR

    def reply(self, one: Any) -> None:
        who = self.chance.choice([*self.people, self.machine, one.author])
        answer = ContributionFactory.create(
            conversation=one, author=who, created_at=self.later(one), part=Part.REPLY
        )
        if self.chance.random() < 0.2:
            Conversation.objects.filter(pk=one.pk).update(accepted_answer=answer, accepted_at=self.later(one))

    def react(self, one: Any) -> None:
        text = self.chance.choice(list(one.contributions.order_by("pk")))
        who = self.chance.choice([*self.people, self.machine, text.author])
        meaning = self.chance.choice(list(Meaning))
        if not Reaction.objects.filter(contribution=text, member=who, meaning=meaning).exists():
            ReactionFactory.create(contribution=text, member=who, meaning=meaning, created_at=self.later(one))

    def change(self) -> None:
        """Something happens to an exchange, and it is told of."""
        one = self.chance.choice(list(Conversation.objects.order_by("pk")))
        texts = one.contributions.order_by("pk")
        match self.chance.randrange(9):
            case 0:
                one = self.start()
            case 1:
                self.reply(one)
            case 2:
                self.react(one)
            case 3:
                Reaction.objects.filter(contribution__conversation=one).delete()
            case 4:
                texts.exclude(part=Part.OPENING).update(deleted_at=timezone.now())
            case 5:
                texts.filter(part=Part.OPENING).update(deleted_at=timezone.now())
            case 6:
                texts.filter(part=Part.OPENING).update(body="mot " * self.chance.choice([3, 100, 900]))
            case 7:
                one.theme_links.all().delete()
                ConversationThemeFactory.create(conversation=one, theme=self.chance.choice(self.themes))
            case _:
                one.author = self.chance.choice(self.people)
                texts.filter(part=Part.OPENING).update(author=one.author)
                one.save(update_fields=["author"])
        self.tell([one])


def recounted(town: Town, ledger: engagement.Ledger) -> dict[dt.date, list[tuple[object, ...]]]:
    """By block: of each exchange of the weeks told of, all that is asked of it, by plain loops."""
    animating = set(Membership.objects.filter(role=Role.LCM, left_at=None).values_list("member", flat=True))
    bits = dict(Actor.objects.values_list("member", "bit"))
    parents = skills.parents(town.community)
    found: dict[dt.date, list[tuple[object, ...]]] = {}
    for begun, counted in ledger.by_block():
        weeks = {(week, piece.asks) for piece in counted.pieces for week in piece.weeks}
        rows = found.setdefault(begun, [])
        for one in Conversation.objects.select_related("channel", "author"):
            at = timezone.localtime(one.created_at)
            asks = one.kind in ASKING
            is_within = (at.date() - at.weekday() * DAY, asks) in weeks
            opening = one.contributions.get(part=Part.OPENING)
            if not is_within or opening.deleted_at or one.author_id in animating or one.author.erased_at:
                continue
            end = one.created_at + 14 * DAY
            people, useful = set(), one.accepted_at is not None and one.accepted_at < end
            for text in one.contributions.filter(deleted_at=None).select_related("author"):
                if text.created_at < end and not text.author.is_machine:
                    people.add(text.author_id)
                for said in text.reactions.select_related("member"):
                    counts = said.created_at < end and not said.member.is_machine
                    if counts and said.member_id != text.author_id:
                        people.add(said.member_id)
                        useful = useful or said.meaning in HELPFUL
            within: set[int] = set()
            for theme in one.theme_links.values_list("theme", flat=True):
                within |= {theme, parents.get(theme) or theme}
            length = sum(len(opening.body.split()) > most for most in (50, 150, 400))
            came = one.channel.address if one.channel and one.channel.kind != "demo" else ""
            hour = sum(at.hour >= end_of for end_of in (9, 12, 14, 18))
            reached = len(people - {one.author_id})
            rows.append(
                (bits[one.author_id], one.kind, length, at.weekday(), hour, came, frozenset(within),
                 bool(useful), reached)
            )  # fmt: skip
    return {begun: sorted(rows, key=str) for begun, rows in found.items()}


def kept(town: Town, ledger: engagement.Ledger) -> dict[dt.date, list[tuple[object, ...]]]:
    """The same as the page reads it."""
    themes = {theme.pk: theme.name for theme in town.themes}
    places = {channel.pk: channel.address for channel in town.channels}
    every = {one.key: one for one in traits.traits(themes, skills.parents(town.community), places)}
    found = {}
    for begun, rows in looking.looked(ledger).blocks.items():
        values: dict[str, dict[int, list[object]]] = {}
        for key, trait in every.items():
            values[key] = defaultdict(list)
            for exchange, value in zip(*trait.of(rows), strict=True):
                values[key][exchange].append(trait.values[value])
        keys = ("kind", "length", "day", "hour", "channel")
        found[begun] = sorted(
            (
                (int(rows.author[n]), *(values[key][n][0] for key in keys), frozenset(values["theme"][n]),
                 bool(rows.useful[n]), int(rows.reached[n]))
                for n in range(len(rows))
            ),
            key=str,
        )  # fmt: skip
    return found


def check(town: Town) -> None:
    ledger = facts.facts(town.part).now
    expected = recounted(town, ledger)
    assert len(expected) == 3
    assert sum(map(len, expected.values())) > 70
    assert kept(town, ledger) == expected
    rows = [row for some in expected.values() for row in some]
    board = {one.key: one.value for one in working.board(town.part).tiles}
    assert board["helped"] == pytest.approx(np.mean([bool(row[7]) for row in rows]))
    assert board["reach"] == pytest.approx(np.mean([row[8] for row in rows]))
    for tile, count in (("helped", sum(bool(row[7]) for row in rows)), ("reach", len(rows))):
        assert len(working.listed(town.part, tile) or ()) == count


@pytest.fixture(params=range(2))
def town(request, db):
    return Town(request.param)


def test_figures_are_those_of_a_recount_whatever_happens(town):
    check(town)
    for _ in range(30):
        town.change()
    check(town)
    town.community.memberships.filter(member=town.people[0]).update(role=Role.LCM)
    responding.mark_community(town.community.pk)
    remake_marked()
    check(town)


@pytest.mark.django_db
def test_who_is_erased_is_in_no_row(run_jobs):
    town = Town(7)
    gone = Actor.objects.get(member=town.people[3]).bit
    ledger = facts.facts(town.part).now
    assert any(row[0] == gone for rows in kept(town, ledger).values() for row in rows)
    erase(member=town.people[3], by=town.people[3])
    run_jobs()
    assert ResponseWeek.objects.filter(theme=0)[0].exchanges != b""
    for model in (ResponseDay, ResponseWeek):
        for row in model.objects.filter(theme=0):
            assert gone not in np.frombuffer(row.exchanges or b"", "<i4").reshape(-1, 7)[:, 0]
    check(town)


@pytest.mark.django_db
def test_what_a_version_before_kept_is_left_out_until_jobs_have_told_it():
    town = Town(8)
    before = kept(town, facts.facts(town.part).now)
    Exchange.objects.update(words=None, channel=None, reached=None, is_useful=None)
    ResponseDay.objects.update(exchanges=None, their_themes=None)
    ResponseWeek.objects.update(exchanges=None, their_themes=None)
    assert kept(town, facts.facts(town.part).now) == {}
    assert working.board(town.part).tiles[0].is_withheld
    responding.mark_bare()  # nothing: they are not told yet
    assert remake_marked() == 0
    assert telling.tell_untold() == Conversation.objects.count()
    remake_marked()
    assert kept(town, facts.facts(town.part).now) == before
    # A day that the version before makes again, while both run, is found and made whole.
    ResponseDay.objects.filter(pk=ResponseDay.objects.filter(theme=0)[0].pk).update(exchanges=None)
    responding.mark_bare()
    assert remake_marked() == 1
    responding.mark_bare()
    assert remake_marked() == 0
    # So are exchanges that it tells of: without what came of them, their weeks are left out.
    last = Exchange.objects.filter(asked_at__gte=PERIOD.since + 8 * 7 * DAY)
    many = last.update(reached=None)
    responding.mark_community(town.community.pk)
    remake_marked()
    assert len(kept(town, facts.facts(town.part).now)) == 2
    assert telling.tell_untold() == many > 20
    remake_marked()
    assert kept(town, facts.facts(town.part).now) == before
