"""Mail: once, in quiet hours not at all, with the wishes and rights of the moment at which it leaves."""

import datetime as dt
import re
import threading
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction

from passeur.accounts.tests.factories import MemberFactory

from .. import queries, services
from ..choices import LetterState
from ..models import Choice, Letter, Notice, Wishes
from .factories import ChoiceFactory, WishesFactory, post, tuesday
from .test_telling import tell

pytestmark = pytest.mark.django_db


def outbox() -> list[Any]:
    """What left, where no test asked for a real server."""
    return list(mail.outbox)


def test_it_waits_for_what_may_follow_and_tells_it_in_one_mail(things, anais):
    tell(anais, what=1)
    assert services.post() == 0
    tell(anais, what=2)
    assert post() == 1
    [letter] = outbox()
    assert letter.to == [anais.email]
    assert letter.subject == "2\u00a0fois\u00a0: Chose 1"
    assert post() == 0


def test_what_follows_after_a_mail_is_told_alone(things, anais):
    tell(anais, what=1)
    post(tuesday(9))
    tell(anais, what=2)
    post(tuesday(11))
    assert [letter.subject for letter in outbox()] == ["1\u00a0fois\u00a0: Chose 1"] * 2


def test_it_is_text_and_html_grouped_with_absolute_addresses(things, anais, settings):
    settings.ORIGIN = "https://passeur.example.org"
    tell(anais, object=1)
    tell(anais, object=2)
    post()
    [letter] = outbox()
    ((html, kind),) = letter.alternatives
    assert kind == "text/html"
    for body in (letter.body, html):
        for what in ("Chose 1", "Chose 2", "https://passeur.example.org/things/1/", "Anaïs"):
            assert what in body


def test_headers_let_one_leave_and_keep_threads_together(things, anais, settings):
    settings.ORIGIN = "https://passeur.example.org"
    settings.DEFAULT_FROM_EMAIL = "Passeur <passeur@passeur.example.org>"
    tell(anais, what=1)
    post(tuesday(9))
    tell(anais, what=2)
    post(tuesday(11))
    first, second = (letter.extra_headers for letter in outbox())
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert first["List-Unsubscribe"].startswith("<https://passeur.example.org/unsubscribe/")
    assert first["List-Id"] == "<thing.notifications.passeur.example.org>"
    assert first["Message-ID"] != second["Message-ID"]
    assert first["References"] == second["References"] == first["In-Reply-To"]


def test_it_speaks_the_language_of_the_person(things, anais):
    anais.language = "en"
    anais.save()
    tell(anais)
    post()
    [letter] = outbox()
    assert "Hello Anaïs" in letter.body
    assert "Bonjour" not in letter.body + letter.alternatives[0][0]


def test_the_preference_counts_when_it_leaves(things, anais):
    tell(anais)
    ChoiceFactory.create(member=anais, kind="thing", way="page")
    assert post() == 0
    Choice.objects.all().delete()
    assert post() == 0


def test_the_preference_counts_also_for_a_letter_that_waits_for_the_server(things, anais, smtp):
    smtp.answer = "451 later"
    tell(anais)
    post(tuesday(9))
    smtp.answer = ""
    ChoiceFactory.create(member=anais, kind="thing", way="none")
    assert post(tuesday(11)) == 0
    assert smtp.letters == []


def test_what_was_read_in_the_page_needs_no_mail(things, anais):
    tell(anais)
    services.seen(anais, subject="thing:1")
    assert post() == 0


def test_rights_are_asked_when_it_leaves(things, anais):
    tell(anais)
    things.hidden = {1}
    assert post() == 0
    assert Letter.objects.get().state == LetterState.EMPTY


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"email": None}, {"email": None, "is_active": False}]
)
def test_nobody_who_left_or_was_erased_gets_anything(things, anais, change):
    tell(anais)
    type(anais).objects.filter(pk=anais.pk).update(**change)
    assert post() == 0
    assert outbox() == []


def test_a_letter_that_waits_is_not_sent_to_somebody_who_left_meanwhile(things, anais, smtp):
    smtp.answer = "451 later"
    tell(anais)
    post(tuesday(9))
    smtp.answer = ""
    type(anais).objects.filter(pk=anais.pk).update(is_active=False)
    assert post(tuesday(11)) == 0
    assert smtp.letters == []


# Quiet hours


def at(hour: int, minute: int = 0, days: int = 0) -> dt.datetime:
    day = tuesday() + dt.timedelta(days=days)
    return day.replace(hour=hour, minute=minute)


def test_in_quiet_hours_it_is_held_back_and_comes_in_one(things, anais):
    tell(anais, object=1)
    assert post(at(22)) == 0
    tell(anais, object=2)
    assert post(at(7, 59, days=1)) == 0
    assert post(at(8, days=1)) == 1
    [letter] = outbox()
    assert "Chose 1" in letter.body
    assert "Chose 2" in letter.body


def test_the_weekend_is_quiet_until_one_says_otherwise(things, anais):
    saturday = at(10, days=4)
    tell(anais)
    assert post(saturday) == 0
    WishesFactory.create(member=MemberFactory.create(), quiet_weekend=False)
    Wishes.objects.filter(member=anais).update(quiet_weekend=False)
    Notice.objects.update(due_at=saturday)
    assert post(saturday) == 1


def test_it_is_the_clock_of_the_person(things, anais):
    anais.time_zone = "America/Montreal"
    anais.save()
    tell(anais)
    assert post(at(10)) == 0  # four in the morning there
    assert post(at(14)) == 1


def test_the_cap_of_a_day_defers_and_groups(things, anais):
    WishesFactory.create(member=anais, daily_cap=2)
    for number in range(4):
        tell(anais, object=number)
        Notice.objects.filter(object=number).update(due_at=at(9 + number))
        post(at(9 + number))
    assert len(outbox()) == 2
    assert post(at(8, days=1)) == 1
    assert "Chose 2" in outbox()[2].body
    assert "Chose 3" in outbox()[2].body


# A real server, and what goes wrong with it


def test_a_real_server_gets_it_once(things, anais, smtp):
    tell(anais)
    assert post() == 1
    [letter] = smtp.letters
    assert letter["To"] == anais.email
    assert letter.get_content_type() == "multipart/alternative"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert post() == 0


def test_returns_come_to_an_address_of_each_letter(things, anais, smtp, settings):
    settings.MAIL_RETURNS = "retours@passeur.example.org"
    tell(anais)
    post()
    [(sender, recipients)] = smtp.envelopes
    assert sender == f"retours+{Letter.objects.get().serial}@passeur.example.org"
    assert recipients == [anais.email]
    assert "retours" not in smtp.letters[0]["From"]


def test_refused_for_an_hour_then_sent_once(things, anais, smtp):
    smtp.answer = "451 4.3.0 try again later"
    tell(anais)
    for minutes in range(60):
        assert post(at(10, minutes)) == 0
    letter = Letter.objects.get()
    assert letter.state == LetterState.WAITING
    assert "451" in letter.trouble
    assert 4 <= letter.tries <= 7  # it waits longer each time
    smtp.answer = ""
    sent = sum(post(at(11, minutes)) for minutes in range(60))
    assert sent == 1
    assert len(smtp.letters) == 1


def test_no_server_for_an_hour_then_sent_once(things, anais, smtp, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    other = MemberFactory.create()
    tell(anais, other)
    assert post(at(10)) == 0
    assert post(at(10, 30)) == 0
    settings.EMAIL_PORT = port
    assert sum(post(at(11, minutes)) for minutes in range(0, 60, 5)) == 2
    assert sorted(letter["To"] for letter in smtp.letters) == sorted([anais.email, other.email])


def test_a_line_lost_before_the_server_took_it_is_tried_again(things, anais, smtp):
    smtp.hangs_up = "before"
    tell(anais)
    assert post(at(10)) == 0
    smtp.hangs_up = ""
    assert post(at(10, 10)) == 1
    assert len(smtp.letters) == 1


def test_a_line_lost_after_it_leaves_copies_that_are_known_as_one(things, anais, smtp):
    smtp.hangs_up = "after"
    tell(anais)
    assert post(at(10)) == 0
    smtp.hangs_up = ""
    assert post(at(10, 10)) == 1
    assert len({letter["Message-ID"] for letter in smtp.letters}) == 1


def test_a_server_that_thinks_for_long_is_waited_for_and_gets_it_once(things, anais, smtp, settings):
    settings.EMAIL_TIMEOUT, smtp.thinks = 0.5, 1.5
    tell(anais)
    assert post() == 1
    assert len(smtp.letters) == 1


def test_what_the_server_refuses_again_and_again_is_seen_to_wait(things, anais, smtp):
    smtp.answer = "451 4.3.0 try again later"
    tell(anais)
    assert queries.post_waiting(at(10)) == (0, 0.0)
    for minutes in range(60):
        post(at(10, minutes))
    assert queries.post_waiting(at(11)) == (1, 3600.0)


def test_what_waits_for_the_end_of_quiet_hours_is_not_late(things, anais, smtp):
    smtp.answer = "451 4.3.0 try again later"
    tell(anais)
    post(at(18, 58))
    post(at(19, 30))
    assert queries.post_waiting(at(23)) == (0, 0.0)


def test_one_address_that_is_refused_keeps_nobody_else_waiting(things, anais, smtp):
    other = MemberFactory.create()
    smtp.refuses = {anais.email: "550 5.1.1 no such user"}
    tell(anais, other)
    assert post() == 1
    assert [letter["To"] for letter in smtp.letters] == [other.email]
    assert Wishes.objects.get(member=anais).returned_address == anais.email


def test_after_three_days_it_is_given_up_and_stays_in_the_page(things, anais, smtp):
    smtp.answer = "451 no"
    tell(anais)
    post(at(10))
    post(at(10, days=1))
    post(at(11, days=3))
    assert Letter.objects.get().state == LetterState.GIVEN_UP
    assert Notice.objects.get().is_new


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_mail(things, anais):
    others = MemberFactory.create_batch(5)
    tell(anais, *others)
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        try:
            post()
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(letter.to[0] for letter in outbox()) == sorted(m.email for m in [anais, *others])


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_before_the_server_took_it_loses_nothing(things, anais, monkeypatch):
    tell(anais)

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("passeur.notifications.services.sending.compose", killed)
        with pytest.raises(KeyboardInterrupt):
            post()
    assert outbox() == []
    assert post() == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_after_it_sends_a_copy_with_the_same_message_id(things, anais, monkeypatch):
    tell(anais)

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("passeur.notifications.services.sending._sent", killed)
        with pytest.raises(KeyboardInterrupt):
            post()
    assert post() == 1
    assert len({letter.extra_headers["Message-ID"] for letter in outbox()}) == 1


def test_what_a_mail_told_cannot_be_taken_back(things, anais):
    tell(anais)
    post()
    assert not services.take_back("thing", 1)
    assert Notice.objects.exists()


def test_taken_back_while_the_server_is_away_it_never_leaves(things, anais, smtp):
    smtp.answer = "451 later"
    tell(anais)
    post(at(10))
    smtp.answer = ""
    assert services.take_back("thing", 1)
    assert post(at(11)) == 0
    assert smtp.letters == []


def test_no_address_in_a_mail_leads_to_another_origin(things, anais, settings):
    settings.ORIGIN = "https://passeur.example.org"
    tell(anais)
    with transaction.atomic():
        post()
    [letter] = outbox()
    found = re.findall(r"https?://[^/\s\"<>]+", letter.body + letter.alternatives[0][0])
    assert set(found) == {"https://passeur.example.org"}
