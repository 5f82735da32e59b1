"""What comes back by mail: returned letters stop the mail of that address, nothing else does."""

import datetime as dt
from email.message import EmailMessage

import pytest

from passeur.accounts.tests.factories import MemberFactory

from .. import services
from ..choices import LetterState
from ..models import Letter, Wishes
from ..services.receiving import Received
from .factories import post, tuesday
from .test_telling import tell

pytestmark = pytest.mark.django_db

REPORT = """\
From: MAILER-DAEMON@mx.orvelle.example (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

Sorry, it did not arrive.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.orvelle.example

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--B
Content-Type: text/rfc822-headers

From: passeur@localhost
To: {recipient}
Message-ID: {message_id}

--B--
"""


@pytest.fixture
def letter(things, anais, settings) -> Letter:
    settings.MAIL_RETURNS = "retours@passeur.example.org"
    tell(anais)
    post()
    return Letter.objects.get()


def report(
    letter: Letter, *, action="failed", status="5.1.1", to="passeur@passeur.example.org", message_id=None
) -> bytes:
    return REPORT.format(
        to=to,
        recipient=letter.address,
        action=action,
        status=status,
        message_id=message_id or f"<{letter.serial}@localhost>",
    ).encode()


def is_stopped(member) -> bool:
    return Wishes.objects.filter(member=member, returned_address=member.email).exists()


def test_a_letter_that_came_back_stops_the_mail_and_says_so_in_the_page(letter, anais, client):
    assert services.receive(report(letter)) is Received.RETURNED
    assert is_stopped(anais)
    letter.refresh_from_db()
    assert letter.state == LetterState.RETURNED
    assert "5.1.1" in letter.trouble
    tell(anais, what=2)
    assert post() == 0
    client.force_login(anais)
    assert "nous reviennent" in client.get("/me/notifications/").content.decode()


def test_known_by_the_address_it_came_to_where_the_return_holds_nothing_else(letter, anais):
    raw = report(letter, message_id="<other@elsewhere>")
    assert services.receive(raw) is Received.UNKNOWN_RETURN
    recipient = f"retours+{letter.serial.upper()}@passeur.example.org"
    assert services.receive(raw, recipient=recipient) is Received.RETURNED
    assert is_stopped(anais)


def test_mail_goes_there_again_when_the_person_says_so(letter, anais, client):
    services.receive(report(letter))
    client.force_login(anais)
    client.post("/me/notifications/mail-again/")
    tell(anais, what=2)
    assert post(tuesday(11)) == 1


def test_mail_goes_to_another_address_of_theirs(letter, anais):
    services.receive(report(letter))
    anais.email = "anais.girard@orvelle.example"
    anais.save()
    tell(anais, what=2)
    assert post(tuesday(11)) == 1


def later(hour: int, days: int) -> dt.datetime:
    """So many days after that Tuesday."""
    return tuesday(hour) + dt.timedelta(days=days)


SOFT = [("delayed", "4.4.1"), ("failed", "4.2.2")]


@pytest.mark.parametrize(("action", "status"), SOFT)
def test_what_did_not_arrive_for_the_moment_stops_nothing(letter, anais, action, status):
    assert services.receive(report(letter, action=action, status=status)) is Received.DELAYED
    assert not is_stopped(anais)
    tell(anais, what=2)
    assert post(tuesday(11)) == 1


def comes_late(letter: Letter, day: dt.datetime, action: str = "delayed", status: str = "4.4.1") -> None:
    assert services.receive(report(letter, action=action, status=status), now=day) is Received.DELAYED


def send_on(member, day: dt.datetime, what: int) -> Letter:
    tell(member, what=what)
    assert post(day) == 1
    return Letter.objects.latest("pk")


def is_held(member, now: dt.datetime) -> bool:
    return Wishes.objects.get_or_create(member=member)[0].is_held(member.email, now)


@pytest.mark.parametrize(("action", "status"), SOFT)
def test_day_after_day_it_rests_a_week_says_so_and_begins_again(letter, anais, client, action, status):
    comes_late(letter, tuesday(12), action, status)
    for day in (1, 2):
        assert not is_held(anais, later(13, day))
        comes_late(send_on(anais, later(10, day), what=day + 1), later(14, day), action, status)
    assert is_held(anais, later(15, 2))
    tell(anais, what=9)
    assert post(later(10, 3)) == 0
    client.force_login(anais)
    words = client.get("/me/notifications/").content.decode()
    assert "n’arrivent pas" in words
    assert "nous reviennent" not in words
    assert not is_held(anais, later(15, 9))
    tell(anais, what=10)
    assert post(later(10, 10)) == 1


def test_several_on_one_day_are_a_bad_day(letter, anais):
    comes_late(letter, tuesday(9))
    for hour in (10, 11, 12):
        comes_late(send_on(anais, tuesday(hour), what=hour), tuesday(hour))
    assert not is_held(anais, tuesday(13))


def test_a_letter_that_arrived_in_between_says_that_the_address_works(letter, anais):
    comes_late(letter, tuesday(12))
    comes_late(send_on(anais, later(10, 1), what=2), later(14, 1))
    send_on(anais, later(16, 1), what=3)
    comes_late(send_on(anais, later(10, 3), what=4), later(14, 3))
    assert not is_held(anais, later(15, 3))


def test_the_person_says_that_it_works_and_the_count_begins_again(letter, anais, client):
    comes_late(letter, tuesday(12))
    for day in (1, 2):
        comes_late(send_on(anais, later(10, day), what=day + 1), later(14, day))
    client.force_login(anais)
    client.post("/me/notifications/mail-again/")
    comes_late(send_on(anais, later(10, 3), what=7), later(14, 3))
    assert not is_held(anais, later(15, 3))


def test_a_return_that_somebody_made_up_stops_nothing(letter, anais):
    forged = report(letter, message_id=f"<{'0' * 24}@localhost>")
    assert services.receive(forged) is Received.UNKNOWN_RETURN
    assert services.receive(forged, recipient="retours+" + "0" * 24 + "@x.example") is Received.UNKNOWN_RETURN
    other = MemberFactory.create(email="zoe@ailleurs.example")
    letter.address = other.email
    about_somebody_else = report(letter)
    services.receive(about_somebody_else)
    assert not is_stopped(anais)
    assert not is_stopped(other)


def answer(**headers: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "Anaïs <anais@orvelle.example>", "passeur@passeur.example.org"
    message["Subject"] = "Re: Chose 1"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("Je suis absente jusqu’à lundi.")
    return message.as_bytes()


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-replied; owner-email=anais@orvelle.example"},
        {"Auto_Submitted": "auto-generated"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
        {"Return_Path": "<MAILER-DAEMON>"},
        {"List_Id": "<liste.example.org>"},
    ],
)
def test_automatic_answers_are_dropped_and_never_answered(anais, headers):
    assert services.receive(answer(**headers)) is Received.AUTOMATIC
    assert not is_stopped(anais)


@pytest.mark.parametrize("headers", [{}, {"Auto_Submitted": "no"}])
def test_what_a_person_wrote_is_turned_away(headers):
    assert services.receive(answer(**headers)) is Received.FROM_A_PERSON


@pytest.mark.parametrize("raw", [b"", b"\x00\xff\xfe", b"Content-Type: multipart/report\n\n", b"no headers"])
def test_what_is_no_message_breaks_nothing(raw):
    assert services.receive(raw) in Received
