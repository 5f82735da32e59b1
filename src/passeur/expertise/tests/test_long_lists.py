"""Long lists of numbers go to PostgreSQL and come back whole."""

import math
from typing import Any

import pytest

from passeur.expertise.choices import Scope
from passeur.expertise.queries.ground import ground
from passeur.expertise.tests.factories import TallyFactory
from passeur.foundation import arrays, lasting
from passeur.foundation.arrays import array

pytestmark = pytest.mark.django_db


def test_whole_numbers_come_back():
    some = [0, -1, 2**62, -(2**62), 12]
    ((there,),) = lasting.fetched(
        "select array_send(%(some)s::bigint[])", {"some": array(some)}, is_binary=True
    )
    assert arrays.column(there).tolist() == some


def test_only_people_around_the_question_are_read_of_a_scope():
    """The asker helped two people; one of them leads, the other has nothing to do with the question."""
    leads: Any = TallyFactory(scope=Scope.OVERALL, key=0)
    community = leads.community
    asks: Any = TallyFactory(scope=Scope.ASKING, community=community)
    asker = asks.person
    helped: Any = TallyFactory(scope=Scope.TO_ASKER, community=community, key=leads.person_id, person=asker)
    other: Any = TallyFactory(scope=Scope.ASKING, community=community)
    TallyFactory(scope=Scope.TO_ASKER, community=community, key=other.person_id, person=asker)
    read = ground(community.pk, asker.pk, [asker.pk], led=[(Scope.OVERALL, 0)], questions=[], answers=[])
    assert read.people.tolist() == sorted([leads.person_id, asker.pk])
    rows = read.met("helped")
    assert rows is not None
    logs = rows.logs[:, 0].tolist()
    by_person = dict(zip(read.people.tolist(), logs, strict=True))
    assert by_person == {leads.person_id: helped.year, asker.pk: -math.inf}
