"""Limits of posting and searching, as a page says them."""

import pytest
from django.urls import reverse

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import MembershipFactory
from passeur.foundation import limits
from passeur.foundation.limits import Limit

pytestmark = pytest.mark.django_db

# The same counters, full after one time.
ONCE_POSTED, ONCE_SEARCHED = Limit("posting", 1, 600), Limit("searching", 1, 60)


def exhausted(client, limit: Limit) -> None:
    member = MembershipFactory.create().member
    client.force_login(member)
    for _ in range(limit.most):
        limits.spend(limit, member.pk)


def test_searching_without_a_pause_is_answered_in_one_sentence(client):
    exhausted(client, limits.SEARCHING)
    answer = client.get(reverse("conversations:search"), {"q": "joint"})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) <= limits.SEARCHING.seconds
    assert "attendez une minute" in answer.content.decode()


def test_a_fragment_gets_the_sentence_alone(client):
    exhausted(client, limits.POSTING)
    answer = client.post(
        reverse("conversations:reply", args=[1]), {"body": "x"}, headers={"HX-Request": "true"}
    )
    assert (answer.status_code, answer.headers["Content-Type"]) == (429, "text/plain; charset=utf-8")


def test_looking_at_a_form_costs_nothing(client):
    member = MemberFactory.create()
    client.force_login(member)
    client.get(reverse("conversations:ask"))
    assert [limits.spend(limit, member.pk) for limit in (ONCE_POSTED, ONCE_SEARCHED)] == [0, 0]
