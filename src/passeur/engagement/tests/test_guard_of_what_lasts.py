"""An adversary reads how it reads and where people meet, of all themes and periods, and finds nobody.

Unknown: how many texts in each language came to last in each week and set of themes, and how often somebody
wrote or reacted around one that was in date, or was not. Read, by the LCM (groups of five) and the training
manager (ten), the two together: the texts of each language that are told of, and the share of encounters in
date, of the community and of each theme, of each period of whole weeks. Linear programming then says which
numbers only one value fits. None may be of a set of texts that fewer than five people wrote, nor of what
fewer than five people did around them: in a week or a block, a language, a theme, what is beside a theme, or
in one theme and not in another.

How many texts there are, how old they are and which are to be read again is not tried: each has a page of
its own, which every reader of figures may read, with its author and its dates (decision 62).
"""

from __future__ import annotations

from importlib import import_module

import pytest

from passeur.foundation.tests.adversary import Adversary, in_one_request
from passeur.foundation.tests.chance import by_chance

from .. import queries
from ..queries.slices import DAY
from .archive import WEEK, WEEKS, Archive

pytestmark = pytest.mark.django_db
guard = import_module(queries.what_lasts.__module__)
SEEDS = range(8)
BLOCKS = (range(4), range(4, 8))
PERIODS = (*(range(week, week + 1) for week in range(WEEKS)), *(range(week) for week in range(2, WEEKS + 1)))


def sights(archive):
    """What each reader may ask for, once of each span of weeks that figures of whole blocks are then of."""
    for reader in (archive.manager, archive.trainer):
        for theme in (None, *archive.themes):
            known = set()
            for period in PERIODS:
                first, last = (archive.begun + number * WEEK for number in (period[0], period[-1] + 1))
                sight = queries.slice_of(reader, first=first, last=last - DAY, theme=theme)
                spans = guard.blocks_of(sight)
                weeks = frozenset(week for span in spans for week in weeks_of(archive, *span))
                if weeks and weeks not in known:
                    known.add(weeks)
                    yield sight, weeks, len(spans), None if theme is None else theme.pk


def weeks_of(archive, first, last):
    """By number, those of some days."""
    return [week for week in range(WEEKS) if first <= archive.begun + week * WEEK <= last]


@in_one_request
def attack_texts(archive):
    """The sets of texts of few people whose number somebody finds out."""
    adversary = Adversary()
    for cell in archive.wrote:
        adversary.meet(cell, 1000)
    for sight, weeks, blocks, theme in sights(archive):
        found = queries.how_it_reads(sight)
        if blocks > 1 or isinstance(found, queries.Withheld):
            continue  # several blocks are the sum of those that are told
        for language, (count, _one) in found.items():
            adversary.read(cells(archive.wrote, archive.parts(weeks, theme), [language]), count)
    return list(found_out(adversary, archive, archive.wrote, (0, 1)))


@in_one_request
def attack_encounters(archive):
    """The sets of encounters of few people whose number somebody finds out."""
    adversary = Adversary()
    for cell in archive.met:
        adversary.meet(cell, 1000)
    slack = 2 if guard.rounded(3) == 5 else 0
    for sight, weeks, blocks, theme in sights(archive):
        found = queries.what_lasts(sight)
        if isinstance(found, queries.Withheld):
            continue
        for states, count in (([True], found.met.count), ([True, False], found.met.of)):
            unknowns = cells(archive.met, archive.parts(weeks, theme), states)
            adversary.between(unknowns, count - slack * blocks, count + slack * blocks)
    return list(found_out(adversary, archive, archive.met, (True, False)))


def cells(there, parts, states):
    return [(part, state) for part in parts for state in states if (part, state) in there]


def found_out(adversary, archive, there, states):
    for name, parts in targets(archive):
        for some in (*((one,) for one in states), states):
            unknowns = cells(there, parts, some)
            people = {who for one in unknowns for who in there[one]}
            truth = sum(len(there[one]) for one in unknowns)
            if 0 < len(people) < 5 and adversary.is_certain(unknowns, truth):
                yield name, some, len(people)


def targets(archive):
    """Sets of parts that somebody might wish to know of."""
    for weeks in (*(range(week, week + 1) for week in range(WEEKS)), *BLOCKS):
        yield (weeks, "all"), archive.parts(weeks)
        for one in archive.themes:
            yield (weeks, "in", one.pk), archive.parts(weeks, inside=one.pk)
            yield (weeks, "out", one.pk), archive.parts(weeks, outside=one.pk)
            for other in archive.themes:
                yield (weeks, "in", one.pk, "out", other.pk), archive.parts(weeks, one.pk, other.pk)


@pytest.mark.parametrize("seed", by_chance(SEEDS))
def test_nobody_is_found_out(seed):
    archive = Archive(seed)
    assert (attack_texts(archive), attack_encounters(archive)) == ([], [])


def test_much_is_told_all_the_same():
    archive = Archive(1)
    found = queries.what_lasts(next(sights(archive))[0])
    assert isinstance(found, queries.Known)
    assert found.met.of >= 10
    assert not isinstance(queries.how_it_reads(next(sights(archive))[0]), queries.Withheld)


def test_with_counts_to_the_unit_people_are_found(monkeypatch):
    monkeypatch.setattr(guard, "rounded", lambda count: count)
    assert attack_encounters(Archive(0))


@pytest.mark.walk
def test_with_periods_of_any_length_people_are_found(monkeypatch):
    monkeypatch.setattr(guard, "rounded", lambda count: count)
    monkeypatch.setattr(guard, "blocks_of", lambda sight: [(sight.first, sight.last)])
    assert attack_encounters(Archive(0))


def test_where_nobody_asks_what_is_beside_a_theme_in_the_one_above_people_are_found(monkeypatch):
    monkeypatch.setattr(guard, "_around", lambda sight: [0] if sight.theme is not None else [])
    assert any(attack_texts(Archive(seed)) for seed in SEEDS)
