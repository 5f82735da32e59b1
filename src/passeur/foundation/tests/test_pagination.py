"""Pages follow one another without a row skipped or seen twice, for one query each."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from passeur.foundation.pagination import BadCursor, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def sessions() -> list[str]:
    """Seven rows, three of them at the same moment, newest first."""
    now = timezone.now()
    ages = [0, 1, 2, 2, 2, 3, 4]
    rows = [
        Session(session_key=f"k{number}", session_data="", expire_date=now - dt.timedelta(hours=age))
        for number, age in enumerate(ages)
    ]
    Session.objects.bulk_create(rows)
    return [row.pk for row in sorted(rows, key=lambda row: (row.expire_date, row.pk), reverse=True)]


def listed():
    return Session.objects.order_by("-expire_date", "-pk")


@pytest.mark.parametrize("size", [1, 2, 3, 7, 10])
def test_forth_and_back_every_row_once_in_order(sessions, size):
    cursor, forth = None, []
    while True:
        now = page(listed(), cursor, size)
        forth.append([row.pk for row in now.items])
        if now.next is None:
            break
        cursor = now.next
    assert [key for keys in forth for key in keys] == sessions
    back = [[row.pk for row in now.items]]
    while now.previous is not None:
        now = page(listed(), now.previous, size)
        back.insert(0, [row.pk for row in now.items])
    assert [key for keys in back for key in keys] == sessions


def test_a_row_that_arrives_meanwhile_shifts_nothing(sessions):
    first = page(listed(), None, 3)
    Session.objects.create(
        session_key="new", session_data="", expire_date=timezone.now() + dt.timedelta(days=1)
    )
    second = page(listed(), first.next, 3)
    assert [row.pk for row in second.items] == sessions[3:6]


def test_each_page_costs_one_query(sessions, django_assert_num_queries):
    with django_assert_num_queries(1):
        first = page(listed(), None, 3)
    with django_assert_num_queries(1):
        page(listed(), first.next, 3)


def test_the_ends_offer_nothing_further(sessions):
    whole = page(listed(), None, 7)
    assert whole.next is None
    assert whole.previous is None
    assert page(Session.objects.none().order_by("pk"), None, 5).items == []


def test_a_field_may_be_named_instead_of_an_order(sessions):
    assert [row.pk for row in page(Session.objects.all(), None, 3, field="expire_date").items] == sessions[:3]


def test_an_order_in_which_rows_can_tie_is_refused():
    with pytest.raises(TypeError):
        page(Session.objects.order_by("-expire_date"), None, 3)


@pytest.mark.parametrize(
    "cursor", ["x", "%%%", "W10", "WyJhIiwxXQ", "WyJjIiwxLDJd", "a" * 1000, "WyJhIiwgbnVsbCwgbnVsbF0"]
)
def test_an_address_made_up_is_a_clear_error(cursor):
    with pytest.raises(BadCursor, match=r"[Pp]age"):
        page(listed(), cursor, 3)


@given(st.text(max_size=60))
def test_no_cursor_breaks_the_page(cursor):
    if not cursor:
        return
    with pytest.raises(BadCursor):
        page(listed(), cursor, 3)
