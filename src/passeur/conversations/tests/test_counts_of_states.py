"""What lists say of how many there are is what counting them says, whoever wrote them."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from django.db.models import Count

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory
from passeur.foundation.tests.chance import by_chance

from ..choices import Kind, State
from ..models import Conversation, StateCount
from ..queries import lists
from ..queries.lists import Filters
from ..services import counting
from .factories import ConversationFactory, StateCountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return MemberFactory.create()


@pytest.fixture
def homes(reader):
    made = [CommunityFactory.create() for _ in range(2)]
    for home in made:
        MembershipFactory.create(community=home, member=reader)
    return made


def counted(**narrowed):
    rows = Conversation.objects.filter(**narrowed).order_by().values_list("state")
    return dict(rows.annotate(n=Count("pk")))


def hold(reader, homes):
    assert lists.counts_by_state(reader, Filters()) == counted(community__in=homes)
    for home in homes:
        assert lists.counts_by_state(reader, Filters(community=home)) == counted(community=home)
    each = lists.counts_by_community(reader, homes)
    assert each == {(home.pk, state): n for home in homes for state, n in counted(community=home).items()}


def test_counts_follow_whatever_is_written_changed_moved_and_taken_away(reader, homes):
    hold(reader, homes)
    some = [
        ConversationFactory.create(community=homes[number % 2], state=state)
        for number, state in enumerate([State.WAITING, State.WAITING, State.OPEN, State.RESOLVED, State.OPEN])
    ]
    hold(reader, homes)
    Conversation.objects.filter(pk=some[0].pk).update(state=State.ANSWERED)
    Conversation.objects.filter(pk__in=[one.pk for one in some]).update(reply_count=3)
    hold(reader, homes)
    with connection.cursor() as cursor:
        cursor.execute(
            "update conversations_conversation set state = 'closed', community_id = %s where state = 'open'",
            [homes[0].pk],
        )
    hold(reader, homes)
    Conversation.objects.filter(pk=some[1].pk).delete()
    hold(reader, homes)
    assert lists.counts_by_state(reader, Filters())["closed"] == 2


@pytest.mark.parametrize("seed", by_chance(range(6)))
def test_after_any_history_they_are_what_counting_says(reader, homes, seed):
    drawn = random.Random(seed)

    def some():
        keys = list(Conversation.objects.order_by("pk").values_list("pk", flat=True))
        return Conversation.objects.filter(pk__in=drawn.sample(keys, min(len(keys), drawn.randint(1, 4))))

    def write():
        ConversationFactory.create(community=drawn.choice(homes), state=drawn.choice(list(State)))

    def write_many():
        at = drawn.choice(homes)
        rows = [ConversationFactory.build(community=at, author=reader, state=drawn.choice(list(State)))]
        Conversation.objects.bulk_create([*rows, ConversationFactory.build(community=at, author=reader)])

    gestures = [
        write,
        write_many,
        lambda: some().update(state=drawn.choice(list(State))),
        lambda: some().update(community=drawn.choice(homes), state=drawn.choice(list(State))),
        lambda: some().update(community=drawn.choice(homes)),
        lambda: some().delete(),
        lambda: counting.fold_counts(few=drawn.randint(0, 5)),
    ]
    for _ in range(25):
        drawn.choice(gestures)()
    hold(reader, homes)


def test_they_follow_an_import_that_looks_no_key_up(reader, homes):
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper from pg_roles where rolname = current_user")
        if cursor.fetchone() != (True,):
            pytest.skip("only who owns the server may say that it is a replica")
        cursor.execute("set local session_replication_role = replica")
        Conversation.objects.bulk_create(
            ConversationFactory.build(community=homes[0], author=reader, state=State.RESOLVED)
            for _ in range(3)
        )
        cursor.execute("set local session_replication_role = origin")
    assert lists.counts_by_state(reader, Filters(community=homes[0])) == {State.RESOLVED: 3}
    hold(reader, homes)


def test_folding_changes_no_count_and_leaves_a_row_a_state(reader, homes):
    for _ in range(4):
        ConversationFactory.create(community=homes[0], state=State.OPEN)
    ConversationFactory.create(community=homes[0], state=State.OPEN).delete()
    gone = ConversationFactory.create(community=homes[1], state=State.WAITING)
    gone.delete()
    counting.fold_counts(few=50)
    assert StateCount.objects.filter(community=homes[0]).count() > 1
    counting.fold_counts(few=0)
    assert list(StateCount.objects.values_list("community", "state", "n")) == [(homes[0].pk, "open", 4)]
    hold(reader, homes)


def test_a_community_that_one_may_not_see_counts_nothing(reader, homes):
    other = CommunityFactory.create(entry="invitation")
    StateCountFactory.create(community=other)
    assert lists.counts_by_state(reader, Filters(community=other)) == {}
    assert lists.counts_by_community(reader, [other]) == {}


def test_what_narrows_more_is_counted(reader, homes):
    ConversationFactory.create(community=homes[0], kind=Kind.QUESTION, state=State.OPEN)
    ConversationFactory.create(community=homes[0], kind=Kind.DISCUSSION, state=State.OPEN)
    assert lists.counts_by_state(reader, Filters(kind=Kind.QUESTION)) == {State.OPEN: 1}
