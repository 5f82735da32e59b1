"""What is told of whole blocks is never compared with itself, nor with more weeks without a word."""

import datetime as dt

import pytest
from django.utils import timezone

from passeur.conversations.choices import Kind
from passeur.conversations.tests.told import together
from passeur.engagement.queries.slices import BLOCK, DAY, block_of
from passeur.engagement.tests.factories import PopulationFactory, PresenceFactory, ReachedFactory
from passeur.skills.tests.factories import ThemeFactory

from ..protocols import Period, Slice
from ..queries import content, pulse, themes
from .stories import asked, place, themed

pytestmark = pytest.mark.django_db
NEWEST = block_of(timezone.localdate()) - DAY * BLOCK
"""The Monday of the newest block that is over."""


def block(back=0):
    """A block, so many before the newest."""
    return Period(NEWEST - DAY * BLOCK * back, NEWEST + DAY * (BLOCK * (1 - back) - 1))


def tuesday(period):
    return period.since + dt.timedelta(hours=34)


def ask(community, members, period, theme=None, **fields):
    for member in members:
        one = asked(community, member, tuesday(period), replied_after=1, **fields)
        if theme is not None:
            themed(one, theme)


def chart(board, key):
    return next(one for one in board.charts if one.key == key)


def tile(board, key):
    return next(one for one in board.tiles if one.key == key)


@pytest.fixture
def week():
    """A week of the newest block: of whole blocks, the one before is told, for it and for the week before."""
    community, manager, members = place(24)
    theme = ThemeFactory.create(community=community, name="Stocks")
    one = Period(NEWEST + DAY * 7, NEWEST + DAY * 13)
    with together():
        ask(community, members[:12], block(1), theme)
        ask(community, members[12:], block(1))
        ask(community, members[12:18], block(1), kind=Kind.EXPERIENCE)
        ask(community, members[:12], one, theme)
    bits = ((1 << 20) - 1).to_bytes(16, "little")
    PopulationFactory.create(community=community.pk, team="", since=block(1).first, bits=bits, size=20)
    some = ((1 << 7) - 1).to_bytes(16, "little")
    PresenceFactory.create(
        community=community.pk, theme=0, day=block(1).first, taking_part=some, starting=some
    )
    ReachedFactory.create(
        community=community.pk, people=40, milestone="question", begun=block(1).first, count=10
    )
    return Slice(manager, (community,), one)


def test_a_row_of_a_short_period_is_not_compared_with_its_own_block(week):
    board = themes.board(week)
    rows = [*chart(board, "themes").rows, *chart(board, "formats").rows]
    assert {row.name for row in rows} >= {"Stocks", "Question"}
    assert {(row.more[1].text, row.more[2].text) for row in rows} == {("–", "–")}


def test_a_figure_of_a_short_period_is_not_compared_with_its_own_block(week):
    told = pulse.board(week)
    assert tile(told, "participation").value == 7 / 20
    assert tile(told, "participation").difference is None
    assert tile(told, "health").difference is None
    assert tile(content.board(week), "experiences").value == 6
    assert tile(content.board(week), "experiences").difference is None
    assert chart(told, "paliers").rows[0].more[0].text == "–"


def test_a_row_says_of_how_many_weeks_it_is_where_they_differ():
    community, manager, members = place(24)
    theme = ThemeFactory.create(community=community, name="Stocks")
    with together():
        for back in (0, 1):
            ask(community, members[:12], block(back), theme)
            ask(community, members[12:], block(back))
        ask(community, members[:7], block(3), theme)
        ask(community, members[12:], block(3))
        ask(community, members[:1], block(2), theme)
        ask(community, members[12:], block(2))
    part = Slice(manager, (community,), Period(block(1).first, block(0).last))
    (row,) = chart(themes.board(part), "themes").rows
    assert [(cell.text, cell.value) for cell in row.more[:2]] == [
        ("24 en 8 semaines", 24),
        ("7 en 4 semaines", 7),
    ]
