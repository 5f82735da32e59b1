"""An adversary reads every figure of exchanges with every filter, and finds out no figure of few people.

Unknown: how many exchanges there are of each week, form, set of themes and team of who asked, and whether
they are first ones. Read, by the LCM (groups of five) and by the training manager (ten), the two together:
all exchanges and all questions of each week and of each run of weeks from the first; newcomers' questions;
each form, each theme, the questions of each theme, each team and its questions, in each four weeks; those
without a theme, to the nearest five. Teams are of one to six people, and some are of none. Linear
programming then says which numbers only one value fits. None may be of a set of exchanges that fewer than
five people started: of one week, form, theme or team, of a team in a form or a theme, what is in one theme
and not in another, what has a value (of four traits) in a form, a team, a theme or a week, or outside of it,
and of each smallest part of these.

Read too: each cell of the grid of hours, to the nearest five, of each week and run of weeks of which it is
told (of many questions); and what *What works* tells in four weeks of days of the week and of hours (lengths
and channels are told in the same way).

What is resolved, replied to or helpful is told of the same sets, and of no other. Not tried: what changes
later in what was told already.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from passeur.foundation.tests.adversary import Adversary
from passeur.foundation.tests.chance import by_chance

from ..models import Population, ToldBlock, ToldPart
from ..queries import beside, compared, crossed, sets, started, telling, values
from ..queries import parts as cutting
from ..services import deciding
from .all_exchanges import LATER, beside_values, ledger, read_all, targets
from .office import FORMS, WEEKS, Gathered, Nested, Office, Valued

pytestmark = pytest.mark.django_db

SEEDS = range(6)
GATHERED = (1, 2, 4)
NESTED = (5, 7, 11)
VALUED = (12, 13, 25)
TOLD_OF_PARTS = ("begun", "smallest", "blocks", "asking", "others", "lengths", "days", "hours", "channels")
TOLD = ("begun", "asks", "smallest", "weeks", "runs", "themes", "welcoming", "kinds", "teams")


def attack(office):
    """The sets of exchanges of few people whose number somebody finds out who reads all figures."""
    adversary = Adversary()
    for part in office.parts:
        adversary.meet(part, 1000)
    read_all(adversary, office)
    found = []
    for name, parts in (*targets(office), *beside_values(office)):
        people = {who for part in parts for who in office.parts[part]}
        truth = sum(len(office.parts[part]) for part in parts)
        if 0 < len(people) < 5 and adversary.is_certain(parts, truth):
            found.append((name, len(people)))
    return found


@pytest.mark.parametrize("seed", by_chance(SEEDS))
def test_no_figure_of_few_people_is_found_out(seed):
    assert attack(Office(seed)) == []


@pytest.mark.parametrize("seed", by_chance(GATHERED))
def test_nor_where_all_of_some_weeks_is_of_one_theme_form_or_team(seed):
    assert attack(Gathered(seed)) == []


@pytest.mark.walk
def test_nor_where_that_came_by_chance():
    assert attack(Office(25, each=14)) == []


@pytest.mark.walk
@pytest.mark.parametrize(("company", "seed"), [(Gathered, GATHERED[0]), (partial(Office, each=14), 25)])
def test_without_a_look_at_what_lies_wholly_in_a_part_they_are_found_out(company, seed, monkeypatch):
    monkeypatch.setattr(telling.Block, "is_apart", lambda block, parts: True)
    assert attack(company(seed))


@pytest.mark.parametrize("seed", by_chance(NESTED))
def test_nor_where_a_form_a_team_or_a_theme_lies_within_another(seed):
    nested = Nested(seed)
    deciding.decide(LATER)
    assert attack(nested) == []


@pytest.mark.parametrize("seed", by_chance(NESTED))
def test_nor_in_the_first_week_of_a_community_which_brings_in_its_past(seed):
    nested = Nested(seed)
    Population.objects.update(since=LATER)
    deciding.decide(LATER)
    assert attack(nested) == []
    one = next(iter(nested.started.values()))
    for _again in range(2):
        nested.tell(replace(one, number=1000, form=FORMS[-1], themes=frozenset({nested.themes[2].pk})))
        deciding.decide(LATER)
        decided = list(ToldBlock.objects.order_by("begun", "asks", "smallest").values(*TOLD))
        ToldBlock.objects.all().delete()
        deciding.decide(LATER)
        assert decided == list(ToldBlock.objects.order_by("begun", "asks", "smallest").values(*TOLD))
        one = replace(one, who=next(who for who in nested.team_of if who != one.who))


@pytest.mark.walk
@pytest.mark.parametrize("seed", NESTED)
def test_without_a_look_at_what_lies_within_another_they_are_found_out(seed, monkeypatch):
    monkeypatch.setattr(crossed.Crossed, "apart", lambda read, wished, finest, smallest: wished)
    nested = Nested(seed)
    deciding.decide(LATER)
    assert attack(nested)


@pytest.mark.parametrize("seed", by_chance(VALUED))
def test_nor_where_a_value_and_what_else_is_told_lie_within_each_other(seed):
    valued = Valued(seed)
    deciding.decide(LATER)
    assert attack(valued) == []


@pytest.mark.parametrize("seed", by_chance(VALUED))
def test_nor_by_a_value_in_the_first_week_of_a_community(seed):
    valued = Valued(seed)
    Population.objects.update(since=LATER)
    deciding.decide(LATER)
    assert attack(valued) == []
    one = next(iter(valued.started.values()))
    valued.tell(replace(one, number=1000, hour=(one.hour + 7) % 24))
    deciding.decide(LATER)
    decided = list(ToldPart.objects.order_by("begun", "smallest").values(*TOLD_OF_PARTS))
    ToldPart.objects.all().delete()
    deciding.decide(LATER)
    assert decided == list(ToldPart.objects.order_by("begun", "smallest").values(*TOLD_OF_PARTS)) != []


@pytest.mark.walk
@pytest.mark.parametrize("seed", VALUED)
def test_without_a_look_at_values_beside_what_else_is_told_they_are_found_out(seed, monkeypatch):
    monkeypatch.setattr(beside, "apart", lambda rows, wished, *others: wished)
    valued = Valued(seed)
    deciding.decide(LATER)
    assert attack(valued)


def test_much_is_told_all_the_same():
    office = Office(0)
    found = ledger(office, office.manager, 0, WEEKS - 1)
    there = sum(len(people) for people in office.parts.values())
    assert found.everything().asked >= there / 2
    assert any(not found.of_theme(one.pk).is_nothing for one in office.themes)


def test_some_teams_are_told_of():
    offices = [Office(seed) for seed in SEEDS]
    told = [ledger(one, one.manager, 0, WEEKS - 1, team="T0").everything() for one in offices]
    assert any(not one.is_nothing for one in told)


@pytest.mark.walk
def test_without_the_guard_they_are_found_out(monkeypatch):
    monkeypatch.setattr(sets.Some, "is_safe", lambda some, smallest: True)
    monkeypatch.setattr(telling.Block, "has_theme", lambda block, theme, above: True)
    assert attack(Office(0))


def test_the_smallest_teams_go_with_those_that_are_withheld():
    def some(number, first):
        return sets.Some(number, set(range(first, first + number)))

    teams = {"T0": some(6, 0), "T1": some(5, 6), "T2": some(2, 11)}
    assert telling.open_teams(teams, 5) == {"T0"}
    assert telling.open_teams(teams | {"": some(3, 13)}, 5) == {"T0", "T1"}
    assert telling.open_teams({"T0": some(6, 0), "T2": some(2, 11)}, 5) == frozenset()


@pytest.mark.walk
def test_without_a_guard_of_values_they_are_found_out(monkeypatch):
    monkeypatch.setattr(values, "showable", lambda people, least: list(people))
    assert any(attack(Office(seed)) for seed in SEEDS)


@pytest.mark.walk
def test_with_a_grid_of_few_questions_they_are_found_out(monkeypatch):
    monkeypatch.setattr(started, "ENOUGH_FOR_HOURS", 0)
    assert any(attack(Office(seed)) for seed in (5, 7))


@pytest.mark.walk
def test_with_a_guard_of_sizes_only_they_are_found_out(monkeypatch):
    monkeypatch.setattr(sets.Days, "besides", lambda days, theme, parent, weeks, asks: sets.Some())
    assert any(attack(Office(seed)) for seed in SEEDS)


@pytest.mark.parametrize("enough", [0, 20])
def test_whatever_is_told_by_block_and_whatever_by_span_nobody_is_found_out(monkeypatch, enough):
    monkeypatch.setattr(cutting, "ENOUGH", enough)
    assert [attack(Office(seed)) for seed in (5, 10)] == [[], []]


@pytest.mark.walk
def test_both_blocks_and_their_span_would_tell(monkeypatch):
    """The same past is cut up in one way only: with both ways, and nothing else changed, people are found."""

    def both(self):
        return [part for enough in (0, 10**9) for part in _with(enough, lambda: list(once(self)))]

    def _with(enough, ask):
        monkeypatch.setattr(cutting, "ENOUGH", enough)
        return ask()

    once = compared.Compared.parts
    monkeypatch.setattr(compared.Compared, "parts", both)
    assert any(attack(Office(seed)) for seed in range(12))
