"""Weeks of response: whatever order things are told and told again in, they are what a recount gives."""

import datetime as dt
import random
import threading
import time
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from django.db import connection, transaction
from django.utils import timezone

from passeur.accounts.tests.factories import MemberFactory
from passeur.algorithms.measures import survival
from passeur.algorithms.measures.bins import ENDS, bin_of
from passeur.communities.tests.factories import CommunityFactory, ManagerFactory, MembershipFactory
from passeur.foundation.tests.chance import by_chance
from passeur.skills.tests.factories import ThemeFactory

from .. import queries
from ..models import Actor, Exchange, ResponseDay, ResponseWeek
from ..queries.weeks import BINS, HOURS, bins_by
from ..services import Told, follow_exchanges, remake_marked, responding, weeks
from .company import MONDAY, WEEK

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
BEGUN = dt.datetime.combine(MONDAY, dt.time(), dt.UTC)
NOW = BEGUN + 20 * WEEK


class Town:
    """Exchanges of five weeks, in a theme, in one below it, in another, in none; and how they came about."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.community = CommunityFactory.create()
        self.manager = ManagerFactory.create(community=self.community).member
        self.people = [MembershipFactory.create(community=self.community).member.pk for _ in range(14)]
        root = ThemeFactory.create(community=self.community)
        self.above = {root.pk: 0, ThemeFactory.create(parent=root).pk: root.pk}
        self.above[ThemeFactory.create(community=self.community).pk] = 0

    def drawn(self, number: int) -> Told:
        """An exchange as it might be told."""
        chance = self.chance
        at = BEGUN + chance.randrange(5 * HOURS) * HOUR + chance.randrange(60) * HOUR / 60
        kind = chance.choice(["question", "question", "discussion", "experience"])
        wait = chance.expovariate(1 / 20) * HOUR
        end = chance.choice(["replied", "replied", "closed", "waiting"])
        return Told(
            number, self.community.pk, kind, asks=kind == "question", asked_at=at, state=end,
            is_resolved=chance.random() < 0.3, asker=chance.choice([None, *self.people]),
            themes=[one for one in self.above if chance.random() < 0.3],
            replied_at=at + wait if end == "replied" else None,
            closed_at=at + wait if end == "closed" else None,
            due_at=at + 24 * HOUR if chance.random() < 0.8 else None,
            accepted_at=at + 2 * wait if chance.random() < 0.2 else None,
            is_helpful=chance.random() < 0.3,
        )  # fmt: skip

    def tell(self, exchanges: int = 90) -> None:
        """Each is told a few times, differently, in portions of any size; some are taken away again."""
        telling = [number for number in range(1, exchanges + 1) for _ in range(self.chance.choice([1, 2, 3]))]
        self.chance.shuffle(telling)
        while telling:
            many = self.chance.choice([1, 1, 2, 5, 25])
            some, telling = telling[:many], telling[many:]
            gone = {number for number in some if self.chance.random() < 0.1}
            follow_exchanges([self.drawn(number) for number in {*some} - gone], gone=gone)
            if self.chance.random() < 0.3:
                remake_marked()
        remake_marked()


@pytest.fixture(params=by_chance(range(4)))
def town(request, db):
    made = Town(request.param)
    made.tell()
    return made


def everything():
    return {tuple(row.pk): {**vars(row), "_state": None} for row in ResponseWeek.objects.all()}


def recounted(town):
    """By theme, Monday and whether they ask: the exchanges themselves, with who asked."""
    bits = dict(Actor.objects.values_list("pk", "bit"))
    found = defaultdict(list)
    for one in Exchange.objects.all():
        if one.asker is None:
            continue
        around = {0} if one.themes else {0, responding.WITHOUT}
        for theme in one.themes:
            step: int = theme
            while step:
                around.add(step)
                step = town.above[step]
        monday = weeks.monday_of(timezone.localdate(one.asked_at))
        for theme in around:
            found[theme, monday, one.asks].append((one, bits[one.asker]))
    return found


def test_weeks_are_what_a_recount_of_the_exchanges_gives(town):
    of = recounted(town)
    kept = defaultdict(list)
    for row in ResponseWeek.objects.all():
        kept[row.theme, row.week, row.asks].append(row)
        assert bool(row.kind) == (row.theme == 0)
    assert kept.keys() == of.keys()
    assert len(kept) > 30
    for place, rows in kept.items():
        theme, monday, asks = place
        some = [one for one, _bit in of[place]]
        for name, count in {
            "asked": len(some),
            "within": sum(
                bool(one.replied_at and one.due_at and one.replied_at <= one.due_at) for one in some
            ),
            "accepted": sum(one.accepted_at is not None for one in some),
            "due": sum(one.due_at is not None for one in some),
            "resolved": sum(one.is_resolved for one in some),
            "newcomers": sum(one.is_first and one.due_at is not None for one in some),
            "helped": sum(bool(one.is_helpful) for one in some),
        }.items():
            assert sum(getattr(row, name) for row in rows) == count, (place, name)
        people = {bit for _one, bit in of[place]}
        assert set().union(*(row.askers for row in rows)) == people
        assert theme == 0 or rows[0].people == len(people)
        if theme > 0:
            inside = {one.pk for one in some}
            around = of[town.above[theme], monday, asks]
            assert set(rows[0].beside) == {bit for one, bit in around if one.pk not in inside}
        cells = np.frombuffer(b"".join(row.cells for row in rows), "<i4").reshape(len(rows), -1).sum(axis=0)
        counted = np.zeros_like(cells)
        for one in some:
            at = timezone.localtime(one.asked_at)
            hour = at.weekday() * 24 + at.hour
            counted[hour] += 1
            if one.replied_at:
                counted[2 * HOURS + bin_of((one.replied_at - one.asked_at) / HOUR)] += 1
            elif one.closed_at:
                counted[2 * HOURS + BINS + bin_of((one.closed_at - one.asked_at) / HOUR)] += 1
            else:
                counted[HOURS + hour] += 1
        assert (cells == counted).all(), place


def test_telling_all_again_at_once_makes_the_very_same_weeks(town):
    before = everything()
    responding.mark_community(town.community.pk)
    remake_marked()
    assert everything() == before
    ResponseWeek.objects.all().delete()
    responding.mark_community(town.community.pk)
    remake_marked()
    assert everything() == before
    follow_exchanges([], gone=list(Exchange.objects.values_list("pk", flat=True)))
    remake_marked()
    assert everything() == {}


def test_weeks_of_days_that_a_version_before_counted_are_made(town):
    before = everything()
    ResponseDay.objects.update(in_week=False)
    ResponseWeek.objects.all().delete()
    assert weeks.make_missing() == len({week for _community, _theme, week, _asks, _kind in before})
    assert everything() == before
    assert not ResponseDay.objects.filter(in_week=False).exists()
    assert weeks.make_missing() == 0
    # One that it counts again while both versions run is seen too.
    day = ResponseDay.objects.filter(theme=0)[0]
    ResponseDay.objects.filter(pk=day.pk).update(asked=day.asked + 1, in_week=False)
    assert weeks.make_missing() == 1
    assert sum(row["asked"] for row in everything().values()) == 1 + sum(
        row["asked"] for row in before.values()
    )


@pytest.mark.django_db
def test_medians_and_curves_are_those_of_all_waits_to_the_unit_of_a_bin():
    town = Town(9)
    chance = town.chance
    follow_exchanges(
        [
            replace(one, asks=True, kind="question", asker=chance.choice(town.people))
            for one in (town.drawn(number + 1) for number in range(400))
        ]
    )
    remake_marked()
    period = queries.slice_of(town.manager, first=MONDAY, last=MONDAY + 5 * WEEK - DAY)
    found = queries.Ledger(period, asks=True, now=NOW).questions()
    some = [
        one
        for one in Exchange.objects.all()
        if weeks.monday_of(timezone.localdate(one.asked_at)) < MONDAY + 5 * WEEK
    ]
    assert found.asked == len(some) > 390
    waits = [((one.replied_at or one.closed_at or NOW) - one.asked_at) / HOUR for one in some]
    exact = survival.kaplan_meier(waits, [one.replied_at is not None for one in some])
    for hours in (1, 4, 12, 24, 48):
        # Of a bin, those who left are taken to have left at its end: some of 400, not one in a hundred.
        assert found.waits.at(hours * 3600).value == pytest.approx(exact.at(hours).value, abs=0.01)
    median = exact.median.value
    assert median is not None
    assert found.waits.median.value is not None
    width = next(end - start for start, end in pairwise((0, *ENDS)) if end >= median)
    assert found.waits.median.value / 3600 == pytest.approx(median, abs=width)
    by_day = [0] * 35
    for one in some:
        by_day[(timezone.localdate(one.asked_at) - MONDAY).days] += 1
    assert found.days == by_day


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York", "UTC", "Asia/Kathmandu"])
@pytest.mark.parametrize(
    "monday", [dt.date(2026, 3, 23), dt.date(2026, 10, 19), dt.date(2026, 10, 26), dt.date(2026, 11, 9)]
)
def test_who_waits_is_in_the_bin_of_the_hour_they_asked_in_when_clocks_change_too(settings, zone, monday):
    settings.TIME_ZONE = zone
    for now in (
        dt.datetime(2026, 11, 13, 9, 30, tzinfo=dt.UTC),
        dt.datetime(2026, 10, 25, 1, 7, 9, 31, tzinfo=dt.UTC),
    ):
        one_by_one = [
            bin_of(
                (
                    now
                    - timezone.make_aware(
                        dt.datetime.combine(monday + number // 24 * DAY, dt.time(number % 24, 30))
                    )
                )
                / HOUR
            )
            for number in range(HOURS)
        ]
        assert bins_by(now, monday).tolist() == one_by_one


@pytest.mark.django_db(transaction=True)
def test_two_days_of_a_week_told_at_the_same_time_are_both_in_it():
    community = CommunityFactory.create()
    first, second = (
        Told(
            number, community.pk, "question", asks=True, asked_at=BEGUN + number * DAY, state="waiting",
            is_resolved=False, asker=MemberFactory.create().pk,
        )
        for number in (1, 2)
    )  # fmt: skip
    failed: list[BaseException] = []

    def tell() -> None:
        try:
            follow_exchanges([second])
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        follow_exchanges([first])
        other = threading.Thread(target=tell)
        other.start()
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and not _somebody_waits():
            time.sleep(0.02)
        assert _somebody_waits()
    other.join(30)
    assert not failed
    row = ResponseWeek.objects.get(community=community.pk, theme=0)
    assert (row.asked, row.people) == (2, 2)


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)")
        return bool(cursor.fetchone()[0])
