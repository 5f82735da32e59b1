"""What lasts is counted as it changes: the sums are those of counting anew, and only groups are told of."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest
from django.utils import timezone

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.choices import Role
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory
from passeur.skills.tests.factories import ThemeFactory

from ..models import Lasting, LastingCell
from ..queries import Known, Withheld, how_it_reads, previous, slice_of, to_check, what_lasts
from ..queries.slices import block_of
from ..services import Remains, Text, follow_lasting
from ..services.erasing import erase
from .factories_of_lasting import LastingCellFactory, LastingFactory

pytestmark = pytest.mark.django_db
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)


@pytest.fixture
def community():
    return CommunityFactory.create(verified_for=100)


@pytest.fixture
def lcm(community):
    return MembershipFactory.create(community=community, role=Role.LCM).member


@pytest.fixture
def writers():
    return [MemberFactory.create() for _ in range(6)]


@pytest.fixture
def authors(writers):
    return [one.pk for one in writers]


def monday(weeks_ago: int) -> dt.date:
    today = timezone.localdate()
    return today - today.weekday() * DAY - weeks_ago * WEEK


def noon(weeks_ago: int) -> dt.datetime:
    """Of the Monday so many weeks ago."""
    return timezone.make_aware(dt.datetime.combine(monday(weeks_ago), dt.time(12)))


def looked(lcm, community, *, weeks=4, ago=1, **more):
    """The slice of so many weeks, the last of which was `ago` weeks ago."""
    last = monday(ago) + 6 * DAY
    return slice_of(lcm, first=last - weeks * WEEK + DAY, last=last, among=[community], **more)


def remains(number, community, author, *said, **more):
    """Something that lasts; `said` are (weeks ago, whether it holds)."""
    return Remains(
        number, community.pk, author=author, said=[(noon(ago), holds) for ago, holds in said], **more
    )


def told(found) -> Known:
    assert isinstance(found, Known)
    return found


def test_a_text_is_in_date_until_its_interval_is_over_or_somebody_says_that_it_no_longer_holds(
    community, lcm, authors
):
    follow_lasting(
        [
            remains(1, community, authors[0], (2, True)),
            remains(2, community, authors[1], (40, True)),  # 280 days
            remains(3, community, authors[2], (40, True), (3, True)),
            remains(4, community, authors[3], (40, True), (3, True), (1, False)),
            remains(5, community, authors[4], (14, True)),  # 98 days
            Remains(6, community.pk),
            remains(7, community, authors[5], (50, True)),
        ]
    )
    here = looked(lcm, community)
    found = told(what_lasts(here))
    assert (found.verified.count, found.verified.of, found.outdated, found.due) == (3, 6, 1, 3)
    assert sorted(to_check(here)) == [2, 4, 7]
    # In the middle of 2, 3, 14, 40 and 50 weeks, and of what no longer holds: 14.
    assert found.freshness == pytest.approx(2 ** (-14 * 7 / 100))
    # Four weeks ago, 5 was in date, and none of the rest but 1, which was not there, had been looked at.
    before = told(what_lasts(looked(lcm, community, ago=4)))
    assert (before.verified.count, before.verified.of, before.outdated) == (1, 5, 0)


def test_people_met_weigh_what_was_in_date_when_they_met_it_of_whole_blocks_to_the_nearest_five(
    community, lcm, authors
):
    begun = block_of(timezone.localdate()) - 4 * WEEK

    def at(week):
        return timezone.make_aware(dt.datetime.combine(begun + week * WEEK, dt.time(12)))

    late = [(one, at(0)) for one in authors] + [(authors[0], at(0) + DAY), (authors[0], at(1))]
    met = [(one, at(1)) for one in authors[:5]]
    follow_lasting(
        [
            Remains(1, community.pk, author=authors[0], said=[(at(-40), True)], met=late),
            Remains(
                2, community.pk, author=authors[1], said=[(at(-40), True), (at(0), True)],
                met=[*met, (authors[5], at(-1)), (authors[4], at(-1))],
            ),
            *[Remains(n, community.pk, author=authors[n], said=[(at(-9), True)]) for n in (3, 4, 5)],
        ]
    )  # fmt: skip
    here = slice_of(lcm, first=begun, last=begun + 4 * WEEK - DAY, among=[community])
    found = told(what_lasts(here))
    assert (found.met.count, found.met.of) == (5, 10)  # 5 of 12: seven a week with the first
    # Of two that two people met in the block before nothing is told.
    assert told(what_lasts(previous(here))).met.of == 0
    # A week of the block is no period of its own.
    week = slice_of(lcm, first=begun + WEEK, last=begun + 2 * WEEK - DAY, among=[community])
    assert told(what_lasts(week)).met.of == 0


def counted():
    rows = LastingCell.objects.values_list("community", "theme", "what", "week", "key", "n")
    return sorted(tuple(row) for row in rows)


def test_told_in_any_order_taken_off_and_told_again_the_counts_are_those_of_telling_once(authors):
    dice = Random(4)
    places = [CommunityFactory.create() for _ in range(2)]
    themes = {place.pk: [ThemeFactory.create(community=place) for _ in range(2)] for place in places}
    now: dict[int, Remains] = {}
    for _ in range(60):
        batch = {}
        for number in dice.sample(range(12), 3):
            place = dice.choice(places)
            ago = sorted(dice.sample(range(30), dice.randint(1, 3)), reverse=True)
            batch[number] = remains(
                number, place, dice.choice([*authors, None]), *[(n, dice.random() < 0.7) for n in ago],
                themes=[one.pk for one in themes[place.pk] if dice.random() < 0.5],
                met=[(dice.choice(authors), noon(dice.randrange(30))) for _ in range(dice.randrange(6))],
                text=dice.choice([None, Text(dice.randrange(2), 90, 5, 150)]),
            )  # fmt: skip
        gone = {dice.randrange(12)} - set(batch)
        follow_lasting(list(batch.values()), gone=gone)
        now = {number: one for number, one in (now | batch).items() if number not in gone}
    kept = counted()
    assert kept
    LastingCell.objects.all().delete()
    Lasting.objects.all().delete()
    for one in now.values():
        follow_lasting([one])
    assert counted() == kept
    follow_lasting([], gone=list(now))
    assert counted() == []
    assert not Lasting.objects.exists()


def test_nothing_is_told_of_what_fewer_than_five_people_wrote_nor_beside_fewer(community, lcm, authors):
    theme = ThemeFactory.create(community=community)
    inside = {"themes": [theme.pk]}
    follow_lasting([remains(n, community, authors[n % 4], (2, True), **inside) for n in range(8)])
    assert isinstance(what_lasts(looked(lcm, community)), Withheld)
    follow_lasting([remains(8, community, authors[4], (2, True), **inside)])
    assert told(what_lasts(looked(lcm, community))).texts == 9
    assert told(what_lasts(looked(lcm, community, theme=theme))).texts == 9
    # One text beside the theme: the difference of both would be that person's.
    follow_lasting([remains(9, community, authors[5], (2, True))])
    assert told(what_lasts(looked(lcm, community))).texts == 10
    assert isinstance(what_lasts(looked(lcm, community, theme=theme)), Withheld)
    assert to_check(looked(lcm, community, theme=theme)) == []


def test_nor_beside_fewer_in_the_theme_above(community, lcm, authors):
    root = ThemeFactory.create(community=community)
    below = ThemeFactory.create(parent=root)
    follow_lasting([remains(n, community, authors[n], (2, True), themes=[below.pk]) for n in range(5)])
    follow_lasting([remains(10 + n, community, authors[n], (2, True)) for n in range(5)])
    assert told(what_lasts(looked(lcm, community, theme=below))).texts == 5
    follow_lasting([remains(20, community, authors[5], (2, True), themes=[root.pk])])
    assert told(what_lasts(looked(lcm, community, theme=root))).texts == 6
    assert isinstance(what_lasts(looked(lcm, community, theme=below)), Withheld)


def test_who_needs_ten_is_told_of_ten_and_teams_of_nothing(community, authors):
    manager = MembershipFactory.create(community=community, role=Role.TRAINING_MANAGER).member
    follow_lasting([remains(n, community, authors[n], (2, True)) for n in range(6)])
    assert isinstance(what_lasts(looked(manager, community)), Withheld)
    more = [MemberFactory.create().pk for _ in range(4)]
    follow_lasting([remains(10 + n, community, one, (2, True)) for n, one in enumerate(more)])
    assert told(what_lasts(looked(manager, community))).texts == 10
    assert isinstance(what_lasts(looked(manager, community, team="Achats")), Withheld)


def test_texts_read_together_in_blocks_that_enough_people_wrote(community, lcm, authors):
    begun = block_of(timezone.localdate()) - 4 * WEEK
    at = timezone.make_aware(dt.datetime.combine(begun, dt.time(12)))
    texts = [
        Remains(n, community.pk, author=authors[n], said=[(at, True)], text=Text(0, 30, 2, 45))
        for n in range(5)
    ]
    here = slice_of(lcm, first=begun - 8 * WEEK, last=begun + 4 * WEEK - DAY, among=[community])
    follow_lasting(texts[:4])
    assert isinstance(how_it_reads(here), Withheld)
    follow_lasting(texts)
    found = how_it_reads(here)
    assert not isinstance(found, Withheld)
    ((language, (n, one)),) = found.items()
    assert (language, n, one.words, one.sentences) == (0, 5, 150, 10)
    assert one.ease == pytest.approx(207 - 1.015 * 15 - 73.6 * 1.5)
    assert isinstance(how_it_reads(previous(here)), Withheld)
    # Four write in English: nothing is told of that, though five write here.
    follow_lasting(
        [
            Remains(10 + n, community.pk, author=authors[n], said=[(at, True)], text=Text(1, 90, 5, 130))
            for n in range(4)
        ]
    )
    found = how_it_reads(here)
    assert not isinstance(found, Withheld)
    assert list(found) == [0]


def test_who_is_erased_is_no_author_of_what_lasts_and_the_texts_stay(community, lcm, writers, authors):
    follow_lasting([remains(n, community, authors[n], (2, True)) for n in range(6)])
    erase(writers[0])
    assert told(what_lasts(looked(lcm, community))).texts == 6
    erase(writers[1])
    assert isinstance(what_lasts(looked(lcm, community)), Withheld)


def test_what_a_page_reads_does_not_grow_with_the_texts(community, lcm, authors, django_assert_num_queries):
    for number in range(60):
        follow_lasting([remains(number, community, authors[number % 6], (2 + number % 3, True))])
    here = looked(lcm, community)
    with django_assert_num_queries(3):
        what_lasts(here)
    texts = LastingCell.objects.filter(what=1)
    assert texts.count() == 3


def test_a_row_says_of_what_it_counts(community):
    assert str(LastingFactory.build(number=7)) == "lasting 7"
    assert str(LastingCellFactory.build(community=3, n=2)) == "3 0 1 2026-03-02 20514: +2"
