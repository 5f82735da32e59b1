"""What came of exchanges, with all figures of them: of what few people started, nobody finds it out.

Beside what `test_guard_of_exchanges` reads, an adversary reads of each figure how many of these exchanges
were replied to (so how many wait: *Replies*, of all, of newcomers, of each theme and team), or helped (of
each form, and on *What works* of each day, hour, length and channel), by who needs five people and by who
needs ten, of periods of four weeks and longer. Unknown is how many there are with and without of each part
that no filter tells apart. Linear programming says which numbers only one value fits. Of no set that fewer
than five people started may it be certain how many were replied to or helped, or how many were not, where
there is one.

Read too: how many were resolved, and the curve of those who still wait, which says how many had a reply soon.

Of what each person starts, one is replied to and one is not, so that no figure says none or all. That none of
many was replied to is told: of each of them, which their pages and the list behind the figure say too. With
other figures it tells more, which is known (decision 67). How many people an exchange reached is told of the
same sets, as a mean.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from passeur.foundation.tests.chance import by_chance

from ..queries import parts as cutting
from ..queries import sets, telling
from .all_exchanges import Outcomes, ledger, read_all, targets
from .office import WEEKS, Office

pytestmark = pytest.mark.django_db

SEEDS = range(4)


def twinned(seed):
    """A company in which each exchange has a twin of which the other thing came."""
    office = Office(seed)
    some = list(office.started.values())
    office.tell(
        *(
            replace(one, number=1000 + one.number, is_replied=not one.is_replied, is_useful=not one.is_useful)
            for one in some
        )
    )
    return office


def soon_or_late(seed):
    """A company in which each exchange is replied to, and one of each two twins soon."""
    office = Office(seed)
    some = [replace(one, is_soon=one.is_replied, is_replied=True) for one in office.started.values()]
    office.tell(*some, *(replace(one, number=1000 + one.number, is_soon=not one.is_soon) for one in some))
    return office


def resolved_or_not(seed):
    """The same with one of each two resolved."""
    office = Office(seed)
    some = [replace(one, is_resolved=one.is_replied) for one in office.started.values()]
    office.tell(
        *some, *(replace(one, number=1000 + one.number, is_resolved=not one.is_resolved) for one in some)
    )
    return office


def attack(office, outcome):
    """The sets of exchanges of few people of which somebody finds out what came of them, one by one."""
    reader = Outcomes(office, outcome)
    read_all(reader, office)
    for name, parts in targets(office):
        people = {who for part in parts for who in office.parts[part]}
        if not 0 < len(people) < 5:
            continue
        for came in (True, False):
            truth = sum(getattr(one, f"is_{outcome}") == came for one in started(office, parts))
            if truth and reader.adversary.is_certain([(part, came) for part in parts], truth):
                yield name, came, len(people)


def started(office, parts):
    among = set(parts)
    return [one for part, one in office.placed() if part in among]


def unguarded(monkeypatch):
    monkeypatch.setattr(sets.Some, "is_safe", lambda some, smallest: True)
    monkeypatch.setattr(telling.Block, "has_theme", lambda block, theme, above: True)


@pytest.mark.parametrize("outcome", ["replied", "useful"])
@pytest.mark.parametrize("seed", by_chance(SEEDS))
def test_of_few_people_nobody_finds_out_what_came_of_what_they_started(seed, outcome):
    assert list(attack(twinned(seed), outcome)) == []


@pytest.mark.parametrize("seed", by_chance(range(3)))
def test_nor_how_soon_somebody_was_replied_to_with_the_curve_of_those_who_wait(seed):
    assert list(attack(soon_or_late(seed), "soon")) == []


@pytest.mark.parametrize("seed", by_chance(range(3)))
def test_nor_whose_were_resolved(seed):
    assert list(attack(resolved_or_not(seed), "resolved")) == []


@pytest.mark.walk
@pytest.mark.parametrize(("company", "outcome"), [(soon_or_late, "soon"), (resolved_or_not, "resolved")])
def test_without_the_guard_that_is_found_out(company, outcome, monkeypatch):
    unguarded(monkeypatch)
    assert any(attack(company(0), outcome))


@pytest.mark.walk
def test_nor_where_values_are_told_by_block(monkeypatch):
    monkeypatch.setattr(cutting, "ENOUGH", 0)
    assert list(attack(twinned(6), "useful")) == []


@pytest.mark.parametrize("outcome", by_chance(["replied", "useful"]))
def test_without_the_guard_they_do(outcome, monkeypatch):
    unguarded(monkeypatch)
    assert any(attack(twinned(0), outcome))


@pytest.mark.walk
def test_that_none_was_replied_to_tells_more_beside_other_figures():
    """None outside of a theme: so the replies of one of its weeks are to questions of the theme."""
    assert any(attack(Office(1), "replied"))


def test_where_none_at_all_was_replied_to_it_is_said_of_many_only(monkeypatch):
    """It is certain of each of them then that they were not: of how many, of nobody."""
    office = Office(1)
    office.tell(*(replace(one, is_replied=False) for one in office.started.values()))
    found = ledger(office, office.manager, 0, WEEKS - 1).questions()
    assert (found.replied.count, found.outcomes.unanswered.count) == (0, found.asked)
    assert list(attack(office, "replied")) == []
    unguarded(monkeypatch)
    assert any(attack(office, "replied"))
