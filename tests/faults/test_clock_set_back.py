"""The clock is set back by a day: what was written lies a day ahead, and goes on as if nothing had happened.

For what is already there that is the same as moving all its times forward, which is what these tests do.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from passeur.accounts.models import OpenSession
from passeur.accounts.tests.factories import VerifiedAddressFactory
from passeur.communities.tests.factories import ManagerFactory, MembershipFactory
from passeur.conversations import services as conversations
from passeur.conversations.models import Conversation
from passeur.conversations.tests.factories import ConversationFactory, judged, question
from passeur.desk import services as desk
from passeur.desk.models import Entry
from passeur.foundation import pagination
from passeur.notifications import services as notifications
from passeur.notifications.models import Letter, Notice
from passeur.notifications.tests.factories import post, tuesday
from passeur.writing import services as writing
from passeur.writing.models import Draft
from tests.faults.house import python, until

PASSWORD = "quatre mots sur la rivière"
# A month of statements is moved with the table it belongs to: alone it may not leave its month.
TIMES = """
SELECT table_name, column_name FROM information_schema.columns
  JOIN pg_class ON pg_class.oid = table_name::regclass AND NOT relispartition
 WHERE table_schema = 'public' AND data_type = 'timestamp with time zone'
"""
A_CHANGE = """
from passeur.conversations.events import ConversationChanged
from passeur.foundation import events
events.publish(ConversationChanged(conversation={question}))
"""


def set_back(ask: Any, days: int = 1) -> None:
    """By so many days, which may be those of the next month."""
    first = (timezone.now() + dt.timedelta(days=days)).replace(day=1)
    then = (first + dt.timedelta(days=31)).replace(day=1)
    ask(
        f'CREATE TABLE IF NOT EXISTS "records_statement_{first:%Y_%m}" PARTITION OF records_statement'
        f" FOR VALUES FROM ('{first:%Y-%m}-01 00:00+00') TO ('{then:%Y-%m}-01 00:00+00')"
    )
    for table, column in ask(TIMES):
        moved = f"\"{column}\" + interval '{days} days'"
        ask(f'UPDATE "{table}" SET "{column}" = {moved} WHERE "{column}" IS NOT NULL')  # noqa: S608


def ask(query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def place(db):
    lcm = ManagerFactory.create()
    mei = MembershipFactory.create(community=lcm.community, member__secret=PASSWORD).member
    karim = MembershipFactory.create(community=lcm.community).member
    VerifiedAddressFactory.create(user=mei)
    return lcm.community, lcm.member, mei, karim


def signed_in(member) -> Client:
    client = Client()
    given = {"login": member.email, "password": PASSWORD}
    assert client.post(reverse("account_login"), given).status_code == 302
    return client


def test_who_is_signed_in_stays_so_and_can_end_it(place):
    _community, _lcm, mei, _karim = place
    client = signed_in(mei)
    set_back(ask)
    assert client.get(reverse("accounts:preferences")).status_code == 200
    assert client.get(reverse("accounts:security")).status_code == 200
    assert OpenSession.objects.count() == 1
    client.post(reverse("account_logout"))
    assert not OpenSession.objects.exists()
    assert client.get(reverse("accounts:preferences")).status_code == 302
    assert signed_in(mei).get(reverse("accounts:preferences")).status_code == 200


def test_nobody_is_told_a_thing_twice(place, run_jobs):
    community, _lcm, mei, karim = place
    asked = question(community=community, author=mei)
    conversations.contribute(conversation=asked, body="Une première réponse.", by=karim)
    run_jobs()
    assert post(tuesday(9)) == 1
    notices = set(Notice.objects.values_list("pk", flat=True))
    set_back(ask)
    for hour in (9, 10, 11):
        notifications.post(tuesday(hour))
    assert len(mail.outbox) == 1
    conversations.contribute(conversation=asked, body="Une deuxième réponse.", by=karim)
    run_jobs()
    for day in (0, 1, 2):
        notifications.post(tuesday(11) + dt.timedelta(days=day))
    assert len(mail.outbox) == 2
    assert Letter.objects.filter(state="sent").count() == 2
    assert notices <= set(Notice.objects.values_list("pk", flat=True))


def test_lines_of_the_desk_stay_and_what_was_done_stays_done(place, client):
    community, lcm, mei, _karim = place
    waiting = [
        judged(question(community=community, author=mei, created_at=timezone.now() - dt.timedelta(days=9)))
        for _ in range(3)
    ]
    desk.fill(community)
    keys = [f"waiting-question:{one.pk}" for one in waiting]

    def lines():
        found = Entry.objects.filter(community=community, rule="waiting-question")
        return set(found.values_list("subject", flat=True))

    before = lines()
    assert len(before) == 3
    desk.put_done(community=community, key=keys[0], by=lcm)
    set_back(ask)
    desk.fill(community)
    assert lines() <= before
    client.force_login(lcm, backend=settings.AUTHENTICATION_BACKENDS[-1])
    page = client.get(reverse("desk:today"), follow=True).content.decode()
    assert [f"/conversations/{one.pk}/" in page for one in waiting] == [False, True, True]


def test_the_text_typed_last_is_the_one_kept(place):
    community, _lcm, mei, _karim = place
    asked = question(community=community, author=mei)
    client, where = signed_in(mei), f"conversations.reply:{asked.pk}"
    token = writing.new_token(mei, where)

    def save(body, seen):
        given = {"draft": token, "seen": seen, "body": body}
        return client.post(reverse("writing:save"), given).json()["number"]

    assert save("Avant", "0") == 1
    set_back(ask)
    assert save("Après que l’horloge a reculé", "1") == 2
    assert Draft.objects.get().fields == {"body": ["Après que l’horloge a reculé"]}


def test_pages_of_a_list_show_each_line_once_whatever_time_new_ones_bear(place):
    community, _lcm, mei, _karim = place
    now = timezone.now()
    there = [
        ConversationFactory.create(community=community, author=mei, created_at=now - dt.timedelta(hours=n)).pk
        for n in range(9)
    ]
    lines = Conversation.objects.filter(community=community)
    seen: list[int] = []
    cursor = None
    for number in range(9):
        page = pagination.page(lines, cursor, 3, "created_at")
        seen += [line.pk for line in page.items]
        # Written now, by a clock that says an hour ago and a bit.
        at = now - dt.timedelta(hours=number, minutes=90)
        ConversationFactory.create(community=community, author=mei, created_at=at)
        cursor = page.next
        if cursor is None:
            break
    assert len(seen) == len(set(seen))
    assert set(there) <= set(seen)


def test_a_running_passeur_goes_on(house):
    page = f"/conversations/{house.question}/"
    token = house.form_token(page)
    set_back(house.server.ask)
    try:
        assert house.get(page)[0] == 200
        body = "Écrit+quand+l’horloge+avait+reculé"
        status, _text = house.post(f"{page}reply/", f"csrfmiddlewaretoken={token}&body={body}&next={page}")
        assert status == 302
        python(A_CHANGE.format(question=house.question), house.server.url, house.server.folder)
        left = "SELECT 1 FROM procrastinate_jobs WHERE status IN ('doing', 'failed') OR (status = 'todo' AND scheduled_at IS NULL)"  # noqa: E501
        until(lambda: house.server.ask(left) == [])
        kept = "SELECT count(*) FROM conversations_contribution WHERE body LIKE 'Écrit quand%%'"
        assert house.server.ask(kept) == [(1,)]
        assert house.process.poll() is None
    finally:
        set_back(house.server.ask, -1)
