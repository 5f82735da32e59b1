"""Of whom a community is made: frozen for the week, and without those who animate it; erasing clears bits."""

from __future__ import annotations

import datetime as dt

import pytest

from passeur.accounts.services import erase
from passeur.communities.tests.factories import CommunityFactory, ManagerFactory, MembershipFactory
from passeur.records import protocols as records

from ..models import Actor, Population, Presence, Tally, Tie
from ..services import advance_all
from ..services.people import freeze
from .factories import fact, write

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 11, 2)
NEXT = dt.date(2026, 11, 9)


@pytest.fixture
def community():
    return CommunityFactory.create()


def belong(community, number, **fields):
    return [
        MembershipFactory.create(community=community, **{f"member__{k}": v for k, v in fields.items()})
        for _ in range(number)
    ]


def sizes(community, team=""):
    rows = Population.objects.filter(community=community.pk, team=team).order_by("since")
    return [(row.since, row.size) for row in rows]


def test_a_community_and_its_teams_are_frozen_for_the_week(community):
    belong(community, 6, team="Atelier")
    ManagerFactory.create(community=community)
    freeze(MONDAY)
    assert sizes(community) == [(MONDAY, 6)]
    joined = belong(community, 1, team="Atelier")
    freeze(MONDAY + dt.timedelta(days=3))
    assert sizes(community, "Atelier") == [(MONDAY, 6)]
    freeze(NEXT)
    assert sizes(community, "Atelier") == [(MONDAY, 6), (NEXT, 7)]
    joined[0].left_at = dt.datetime(2026, 11, 10, tzinfo=dt.UTC)
    joined[0].save()
    freeze(NEXT + dt.timedelta(days=2))
    assert sizes(community) == [(MONDAY, 6), (NEXT, 7)]


def test_newcomers_of_a_week_come_in_by_ten(community):
    belong(community, 6, team="Atelier")
    freeze(MONDAY)
    belong(community, 9, team="Bureau")
    freeze(MONDAY)
    assert sizes(community) == [(MONDAY, 6)]
    belong(community, 1, team="Atelier")
    freeze(MONDAY)
    assert sizes(community) == [(MONDAY, 16)]
    assert sizes(community, "Atelier") == [(MONDAY, 6)]  # one more would be told by the difference
    assert sizes(community, "Bureau") == []


def test_a_community_too_small_for_figures_follows_at_once(community):
    belong(community, 2)
    freeze(MONDAY)
    belong(community, 4)
    freeze(MONDAY)
    assert sizes(community) == [(MONDAY, 6)]


def test_a_week_as_the_one_before_is_not_written_again(community):
    belong(community, 6)
    freeze(MONDAY)
    freeze(NEXT)
    assert sizes(community) == [(MONDAY, 6)]


def test_erasing_takes_a_person_out_of_all_that_was_counted(community, run_jobs):
    members = [one.member for one in belong(community, 6)]
    gone, other = members[:2]
    at = dt.datetime(2026, 11, 3, 9, tzinfo=dt.UTC)
    write(
        fact(gone.pk, records.ANSWERED, community.pk, at, concerned=[other.pk], kind=records.REPLY),
        fact(other.pk, records.ANSWERED, community.pk, at, concerned=[gone.pk], kind=records.REPLY),
    )
    advance_all()
    bit = Actor.objects.get(member=gone).bit
    erase(member=gone, by=gone)
    run_jobs()
    advance_all()
    assert not Actor.objects.filter(bit=bit).exists()
    assert Tally.objects.count() == 1
    assert not Tie.objects.exists()
    assert Population.objects.get(community=community.pk).size == 5
    for table in (Presence.objects.values_list("taking_part"), Population.objects.values_list("bits")):
        for (bits,) in table:
            assert not int.from_bytes(bytes(bits), "little") >> bit & 1


def test_erasing_somebody_whose_number_is_higher_than_any_in_a_group(community, run_jobs):
    for _later in range(3):
        belong(community, 6)
    freeze(MONDAY)
    late = belong(community, 12)[-1].member
    freeze(NEXT)
    Population.objects.filter(since=MONDAY).update(bits=b"\x02")
    Population.objects.filter(since=NEXT).update(bits=b"\x02")
    erase(member=late, by=late)
    run_jobs()
    assert not Actor.objects.filter(member=late).exists()
    assert {bytes(row.bits) for row in Population.objects.all()} == {b"\x02"}
