"""An adversary reads every figure about people with every filter, and singles nobody out.

Tried, over companies made at random: participation in each four weeks, of the whole and of a theme; health
at the end of each, and how steadily people came (stickiness, beside how much was written on each day); each
team in each, tiny teams, people of no team, people who come in the middle or change teams; by the LCM
(teams of five) and by the training manager (ten), the two together; and by a member, who knows what they
did themself. All is one system of inequalities (`adversary`): what two days or two filters tell together is
found too. Without the guard, or with half of it, the same adversary finds people.

Other windows give the figures of the same four weeks, and several communities the sum of each one's,
which tests hold: they tell nothing more. Not tried: what somebody knows of others from elsewhere, as from
the pages of a community, which show its members who wrote what; four weeks in which nobody wrote anything
are told there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from passeur.algorithms import disclosure
from passeur.algorithms.measures.estimates import Share
from passeur.communities.tests.factories import ManagerFactory
from passeur.foundation.tests.adversary import Adversary, in_one_request
from passeur.foundation.tests.chance import by_chance

from .. import queries
from ..queries import guarding, taking_part
from .company import MONDAY
from .firm import DAY, Firm

pytestmark = pytest.mark.django_db

BLOCKS = [(0, 27), (28, 55), (56, 83)]
"""Days by number, from the Monday that a block begins with."""
YEARS = [(0, 27), (0, 55), (0, 83)]
"""The 52 weeks that end with each: nothing was before."""
SEEDS = range(12)


@in_one_request
def attack(firm, insider=None):
    """Whom somebody finds who reads all figures; `insider`, a person, knows what they did."""
    crowd = Crowd(firm, insider)
    adversary = Adversary()
    for window in windows():
        span, about = window
        for group, size in crowd.sizes.items():
            adversary.meet((group, window), size if 7 * crowd.since(group) <= span[1] else 0)
        if insider is not None and 7 * firm.since[insider] <= span[1]:
            adversary.read([("insider", window)], int(firm.took_part(insider, *span, themed=about)))
        if not about:
            written = firm.statements(*span)
            adversary.between([(group, window) for group in crowd.sizes], min(1, written), written)
    relate(adversary, crowd)
    meet_days(adversary, crowd, insider)
    for reader in (firm.manager, firm.training_manager):
        for block, span in enumerate(BLOCKS):
            read(adversary, crowd, reader, block, span)
            read_stickiness(adversary, crowd, reader, block, span)
    return [
        (unknown, what)
        for unknown, what in adversary.solved(
            [(group, window) for window in windows() for group in crowd.sizes]
        )
        if unknown[0] != "insider" and was_lively(firm, unknown[1])
    ]


class Crowd:
    """People by what filters tell of them: whom they have all in common, nothing tells apart."""

    def __init__(self, firm, insider):
        self.firm = firm
        self.one_of = {"insider": insider} if insider is not None else {}
        self.sizes = Counter(self.kind(one) for one in firm.people if one != insider)
        for one in firm.people:
            self.one_of.setdefault(self.kind(one), one)
        if insider is not None:
            self.sizes["insider"] = 1

    def kind(self, one):
        return self.firm.since[one], *(self.firm.team_of(one, block) for block in range(len(BLOCKS)))

    def since(self, group):
        return self.firm.since[self.one_of[group]]

    def of_block(self, block, team=None):
        """The groups that the community, or a team of it, is made of in a block."""
        return [
            group
            for group in self.sizes
            if self.since(group) <= 4 * block + 3
            and (team is None or self.firm.team_of(self.one_of[group], block) == team)
        ]


def windows() -> Iterator[tuple[tuple[int, int], bool]]:
    """Each that figures are asked of, with whether it is of the theme."""
    yield from ((span, about) for span in BLOCKS for about in (False, True))
    yield from ((span, False) for span in YEARS[1:])


def slice_of(firm, reader, span, *, about=False, **options):
    first, last = (MONDAY + number * DAY for number in span)
    return queries.slice_of(reader, first=first, last=last, theme=firm.theme if about else None, **options)


def read(adversary, crowd, reader, block, span):
    """All figures of a block for a reader."""
    firm = crowd.firm
    for about in (False, True):
        figure = queries.participation(slice_of(firm, reader, span, about=about))
        if isinstance(figure, Share):
            adversary.read([(group, (span, about)) for group in crowd.of_block(block)], figure.count)
    figure = queries.health(slice_of(firm, reader, span))
    if isinstance(figure, Share):
        everybody = crowd.of_block(block)
        adversary.read([(group, (span, False)) for group in everybody], figure.count)
        least, most = max(figure.count, figure.of - 2), figure.of + 2  # rounded to five
        adversary.between([(group, (YEARS[block], False)) for group in everybody], least, most)
    for told in queries.teams(slice_of(firm, reader, span)):
        if isinstance(told.participation, Share):
            inside = crowd.of_block(block, told.team)
            adversary.read([(group, (span, False)) for group in inside], told.participation.count)


def relate(adversary, crowd):
    """Longer windows have what shorter ones have, and nothing else; a theme is part of the whole."""
    for group in crowd.sizes:
        for block, span in enumerate(BLOCKS):
            adversary.implies((group, (span, True)), (group, (span, False)))
            if block:
                before, year = YEARS[block - 1], (group, (YEARS[block], False))
                adversary.implies((group, (before, False)), year)
                adversary.implies((group, (span, False)), year)
                adversary.is_within(year, [(group, (before, False)), (group, (span, False))])


def meet_days(adversary, crowd, insider):
    """Who took part on which day: nobody where nothing was written, somebody where anything was."""
    firm = crowd.firm
    for day in range(BLOCKS[-1][1] + 1):
        there = [group for group in crowd.sizes if 7 * crowd.since(group) <= day]
        for group in there:
            adversary.meet((group, day), crowd.sizes[group])
        written = firm.statements(day, day)
        adversary.between([(group, day) for group in there], min(1, written), written)
        if ("insider", day) in adversary.sizes:
            adversary.read([("insider", day)], int(firm.took_part(insider, day, day)))
    for group in crowd.sizes:
        for span in BLOCKS:
            days = [day for day in range(span[0], span[1] + 1) if (group, day) in adversary.sizes]
            for day in days:
                adversary.implies((group, day), (group, (span, False)))
            if days:
                adversary.is_within((group, (span, False)), [(group, day) for day in days])


def read_stickiness(adversary, crowd, reader, block, span):
    """The mean, to two digits, of each day's people over those of its 30 days.

    These are somebody at least, on the last day those of the block; and at most everybody, or those of this
    block and of the two before, of which 30 days may have a day.
    """
    told = queries.stickiness(slice_of(crowd.firm, reader, span))
    if not isinstance(told, float):
        return
    here = crowd.of_block(block)
    counts = [
        figure.count
        for some in BLOCKS[max(0, block - 2) : block + 1]
        if isinstance(figure := queries.participation(slice_of(crowd.firm, reader, some)), Share)
    ]
    everybody = sum(crowd.sizes[group] for group in here)
    most = min(everybody, sum(counts)) if len(counts) == block + 1 else everybody
    monthly = [day for day in range(span[0], span[1] + 1) if crowd.firm.statements(max(0, day - 29), day)]
    unknowns = [(group, day) for day in monthly for group in here if (group, day) in adversary.sizes]
    adversary.weigh(dict.fromkeys(unknowns, 1 / most), len(monthly) * (told + 0.005))
    sure = {key: -1 / counts[-1] if key[1] == span[1] else -1.0 for key in unknowns}
    adversary.weigh(sure, -len(monthly) * (told - 0.005))


def was_lively(firm, window):
    """Whether anybody wrote anything: if not, the pages of the community say so."""
    span, about = window
    return any(firm.took_part(one, *span, themed=about) for one in firm.people)


@pytest.mark.parametrize("seed", by_chance(SEEDS))
def test_nobody_is_singled_out(seed):
    firm = Firm(seed)
    assert attack(firm) == []


@pytest.mark.parametrize("seed", by_chance(SEEDS))
def test_nobody_is_singled_out_by_somebody_who_knows_what_they_did_themself(seed):
    firm = Firm(seed)
    assert attack(firm, firm.people[seed % len(firm.people)]) == []


@pytest.mark.walk
def test_without_the_guard_people_are_found(monkeypatch):
    monkeypatch.setattr(guarding, "guarded", lambda cell, smallest=0: Share(cell.count, cell.size))
    monkeypatch.setattr(taking_part, "guarded", lambda cell, smallest=0: Share(cell.count, cell.size))
    monkeypatch.setattr(guarding, "shown", lambda parts, rest, smallest: frozenset(parts))
    assert any(attack(Firm(seed)) for seed in SEEDS)


@pytest.mark.walk
def test_without_complementary_suppression_people_are_found(monkeypatch):
    def each_alone(parts, rest, smallest):
        return frozenset(name for name, cell in parts.items() if cell.is_safe(smallest))

    monkeypatch.setattr(guarding, "shown", each_alone)
    assert any(attack(Firm(seed)) for seed in SEEDS)


@pytest.mark.walk
def test_a_guard_without_a_margin_is_found_out(monkeypatch):
    monkeypatch.setattr(disclosure, "MARGIN", 0)
    assert any(attack(Firm(seed)) for seed in SEEDS)


def test_several_communities_together_tell_the_sum_of_each():
    firms = [Firm(5), Firm(9)]
    reader = firms[0].manager
    ManagerFactory.create(community=firms[1].community, member=reader)
    both = queries.participation(slice_of(firms[0], reader, BLOCKS[0]))
    each = [
        queries.participation(slice_of(firm, reader, BLOCKS[0], among=[firm.community])) for firm in firms
    ]
    assert both == guarding.pooled(each)


@pytest.mark.parametrize(
    ("span", "blocks"),
    [
        ((0, 27), [0]),
        ((0, 40), [0]),
        ((20, 30), [0]),
        ((28, 29), [0]),
        ((27, 60), [0, 1]),
        ((0, 83), [0, 1, 2]),
    ],
)
def test_another_window_tells_of_the_same_four_weeks(span, blocks):
    firm = Firm(9)
    told = queries.participation(slice_of(firm, firm.manager, span))
    each = [queries.participation(slice_of(firm, firm.manager, BLOCKS[block])) for block in blocks]
    assert told == guarding.pooled(each)
