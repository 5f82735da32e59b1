"""Roll-ups equal a recount from the statements, to the unit, in whatever order and portions they come."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest
from django.db import connection

from passeur.accounts.services import merging
from passeur.accounts.tests.factories import AdministratorFactory, ImportedMemberFactory
from passeur.communities.tests.factories import CommunityFactory, ManagerFactory, MembershipFactory
from passeur.foundation.tests.chance import by_chance
from passeur.records import protocols as records
from passeur.skills.tests.factories import ThemeFactory

from ..models import Actor, Presence, Tally, Tie, Total
from ..services import advance, advance_all, recount
from .factories import fact, void, write

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
DAY = NOON.date()


@pytest.fixture
def community():
    return CommunityFactory.create()


@pytest.fixture
def people(community):
    return [MembershipFactory.create(community=community).member for _ in range(6)]


def key_of(member):
    return records.key_of_member(member.pk)


def bits(*members):
    return {Actor.objects.filter(member=one).values_list("bit", flat=True)[0] for one in members}


def present(community, theme=0, day=DAY, *, what="taking_part"):
    row = Presence.objects.filter(community=community.pk, theme=theme, day=day).first()
    number = int.from_bytes(bytes(getattr(row, what)), "little") if row else 0
    return {place for place in range(number.bit_length()) if number >> place & 1}


def everything():
    """All rows of what is rolled up, with words in place of numbers that a recount may give anew."""
    tables = {}
    for table, columns in {
        "tally": "day, actor, place, verb, kind, statements",
        "total": "community, theme, day, verb, kind, statements, people",
        "presence": "community, theme, day, taking_part, starting",
        "tie": "community, day, source, target, replies",
    }.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM engagement_{table}")  # noqa: S608
            tables[table] = Counter(
                tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
                for row in cursor.fetchall()
            )
    return tables


def test_a_day_is_counted_by_member_theme_verb_and_kind(community, people):
    theme = ThemeFactory.create(community=community)
    write(
        fact(people[0].pk, records.ASKED, community.pk, NOON, themes=[theme.pk]),
        fact(people[0].pk, records.ASKED, community.pk, NOON, themes=[theme.pk]),
        fact(people[1].pk, records.ANSWERED, community.pk, NOON, kind=records.REPLY),
    )
    assert advance_all() == 3
    assert sorted(Tally.objects.values_list("statements", flat=True)) == [1, 2]
    told = Total.objects.filter(community=community.pk, theme=0).values_list("statements", "people")
    assert sorted(told) == [(1, 1), (2, 1)]
    assert [(one.statements, one.people) for one in Total.objects.filter(theme=theme.pk)] == [(2, 1)]
    assert present(community) == bits(people[0], people[1])
    assert present(community, theme.pk) == bits(people[0])
    assert present(community, what="starting") == bits(people[0])


def test_a_theme_counts_what_is_below_it_once(community, people):
    root = ThemeFactory.create(community=community)
    one, other = (ThemeFactory.create(parent=root) for _ in range(2))
    write(fact(people[0].pk, records.ASKED, community.pk, NOON, themes=[one.pk, other.pk]))
    advance_all()
    assert Total.objects.get(theme=root.pk).statements == 1
    assert Total.objects.get(theme=one.pk).statements == 1


def test_what_is_voided_is_taken_off_before_and_after_it_was_counted(community, people):
    gone, late, kept = (fact(people[n].pk, records.ASKED, community.pk, NOON) for n in range(3))
    write(gone, late, kept)
    void(gone)
    advance_all()
    assert present(community) == bits(people[1], people[2])
    void(late)
    advance_all()
    assert present(community) == bits(people[2])
    assert Total.objects.get(community=community.pk).statements == 1


def test_a_voiding_that_comes_first_waits_for_what_it_voids(community, people):
    one = fact(people[0].pk, records.ASKED, community.pk, NOON)
    void(one)
    advance_all()
    write(one)
    advance_all()
    assert not Tally.objects.exists()


def test_a_voiding_seen_before_its_turn_is_not_taken_off_twice(community, people):
    first, second = (fact(people[n].pk, records.ASKED, community.pk, NOON) for n in range(2))
    write(first, second)
    void(first)
    while not advance(1)[1]:  # a statement a step: the first is voided in the store when it is read
        assert all(one >= 0 for one in Tally.objects.values_list("statements", flat=True))
    assert Total.objects.get(community=community.pk).statements == 1
    assert present(community) == bits(people[1])


def test_nobody_is_counted_twice_when_a_job_runs_twice(community, people):
    write(fact(people[0].pk, records.ASKED, community.pk, NOON))
    advance_all()
    before = everything()
    advance_all()
    assert everything() == before


def test_who_animates_and_machines_are_in_no_figure(community, people):
    manager = ManagerFactory.create(community=community).member
    machine = MembershipFactory.create(community=community, member__is_machine=True).member
    write(*(fact(one.pk, records.ASKED, community.pk, NOON) for one in (manager, machine, people[0])))
    advance_all()
    assert present(community) == bits(people[0])
    assert Total.objects.get(community=community.pk).statements == 1


def test_coming_and_going_is_no_activity(community, people):
    write(fact(people[0].pk, records.JOINED, community.pk, NOON, kind=records.COMMUNITY))
    advance_all()
    assert present(community, what="taking_part") == set()


def test_replies_tie_people(community, people):
    one, other = people[0].pk, people[1].pk
    answer = fact(one, records.ANSWERED, community.pk, NOON, concerned=[other], kind=records.REPLY)
    write(
        answer,
        fact(one, records.COMMENTED, community.pk, NOON, concerned=[other], kind=records.COMMENT),
        fact(one, records.REACTED, community.pk, NOON, concerned=[other], kind=records.REPLY),
    )
    advance_all()
    assert list(Tie.objects.values_list("replies", flat=True)) == [2]
    void(answer)
    advance_all()
    assert list(Tie.objects.values_list("replies", flat=True)) == [1]


def test_a_merged_member_is_one_person_and_two_again_when_undone(community, people, run_jobs):
    imported = ImportedMemberFactory.create()
    MembershipFactory.create(community=community, member=imported)
    write(*(fact(one.pk, records.ASKED, community.pk, NOON) for one in (imported, people[0])))
    advance_all()
    assert len(present(community)) == 2
    merge = merging.merge_members(
        source=imported, target=people[0], proof="", by=AdministratorFactory.create()
    )
    run_jobs()
    advance_all()
    assert len(present(community)) == 1
    assert {(one.statements, one.people) for one in Total.objects.all()} == {(2, 1)}
    merging.undo_merge(merge=merge, by=AdministratorFactory.create())
    run_jobs()
    advance_all()
    assert len(present(community)) == 2


def test_what_was_written_before_places_had_keys_counts_where_it_happened(community, people):
    theme = ThemeFactory.create(community=community)
    for number in (0, 1):
        write(
            fact(
                people[number].pk, records.ANSWERED, community.pk, NOON,
                themes=[theme.pk], concerned=[people[2].pk], kind=records.REPLY,
            ),
            fact(people[number].pk, records.ASKED, community.pk, NOON),
        )  # fmt: skip
    advance_all()
    counted = everything()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_statement SET place = NULL WHERE actor = %s", [key_of(people[0])])
        assert cursor.rowcount == 2
    recount()
    assert everything() == counted
    assert present(community, theme.pk) == bits(people[0], people[1])


def test_the_place_of_a_statement_is_its_communities_and_themes_in_any_order():
    one, other = records.community(1).iri, records.theme(7).iri
    course = "https://lms.example/course/1"
    assert records.place([one, course, other]) == records.place([other, one])
    assert len({records.place(some) for some in ([], [one], [other], [one, other])}) == 4
    assert records.place([course]) == records.place([])


@pytest.mark.parametrize("year", [1, 9999])
def test_a_statement_at_the_end_of_time_is_counted_on_its_day(community, people, year):
    at = dt.datetime(year, 12, 31, 23, 59, tzinfo=dt.UTC) if year > 1 else dt.datetime(1, 1, 1, tzinfo=dt.UTC)
    write(fact(people[0].pk, records.ASKED, community.pk, at))
    assert advance_all() == 1
    assert present(community, day=at.date()) == bits(people[0])


@pytest.mark.parametrize("seed", by_chance(range(6)))
def test_roll_ups_equal_a_recount_to_the_unit(community, people, seed):
    chance = random.Random(seed)
    root = ThemeFactory.create(community=community)
    themes = [root, ThemeFactory.create(parent=root), ThemeFactory.create(community=community)]
    elsewhere = CommunityFactory.create()
    facts = []
    for _ in range(60):
        one = fact(
            chance.choice(people).pk,
            chance.choice([records.ASKED, records.ANSWERED, records.REACTED, records.EDITED, records.JOINED]),
            chance.choice([community, community, elsewhere]).pk,
            NOON - dt.timedelta(hours=chance.randrange(400)),  # late, and in any order
            themes=[theme.pk for theme in themes if chance.random() < 0.3],
            concerned=[chance.choice(people).pk],
            kind=chance.choice([records.QUESTION, records.REPLY]),
        )
        facts.append(one)
        if chance.random() < 0.15:
            void(one)  # before it comes
        write(one)
        if chance.random() < 0.2:
            void(chance.choice(facts))
        if chance.random() < 0.3:
            advance(chance.randrange(1, 9))
    advance_all()
    counted = everything()
    assert counted["tally"]
    assert counted["tie"]
    recount()
    assert everything() == counted
