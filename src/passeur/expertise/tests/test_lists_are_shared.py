"""Over the last lists of a community, who is much in demand is put forward where they matter most."""

import datetime as dt
import random
from statistics import mean

import pytest
from django.utils import timezone

from passeur.communities.tests.factories import CommunityFactory
from passeur.conversations.tests.factories import ConversationFactory
from passeur.expertise.queries.fairness import fair_choice, fair_choices
from passeur.expertise.tests.factories import ListingFactory

pytestmark = pytest.mark.django_db

STAR = 1


@pytest.fixture
def community():
    return CommunityFactory.create()


@pytest.fixture
def orders(community):
    """Sixty lists: one person much in demand, five often, fourteen seldom."""
    chance = random.Random(1)
    orders = {}
    for n in range(60):
        others = [(person, chance.random() / (4 if person < 7 else 20)) for person in range(2, 21)]
        order = sorted([(STAR, 0.2 + 0.6 * chance.random()), *others], key=lambda pair: -pair[1])
        asked = ConversationFactory.create(
            community=community, created_at=timezone.now() - dt.timedelta(days=60 - n)
        )
        ListingFactory.create(conversation=asked, order=order)
        orders[asked.pk] = order
    return orders


def test_nobody_is_in_more_than_two_lists_of_five(community, orders):
    chosen = fair_choices(community.pk, orders, limit=5)
    assert all(len(people) == 5 for people in chosen.values())
    assert max(sum(person in people for people in chosen.values()) for person in range(1, 21)) <= 24


def test_who_is_much_in_demand_is_kept_for_where_they_matter_most(community, orders):
    chosen = fair_choices(community.pk, orders, limit=5)
    of_star = {pk: dict(order)[STAR] for pk, order in orders.items()}
    kept = mean(of_star[pk] for pk, people in chosen.items() if STAR in people)
    left = mean(of_star[pk] for pk, people in chosen.items() if STAR not in people)
    assert kept > left + 0.1


def test_one_list_and_many_choose_the_same_people(community, orders):
    chosen = fair_choices(community.pk, orders, limit=5)
    for pk in [*orders][::10]:
        assert fair_choice(community.pk, orders[pk], limit=5, conversation_id=pk) == chosen[pk]
