"""Who is asked, who receives, once; and that one click without an account ends it."""

import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from passeur.communities.choices import Role
from passeur.communities.tests.factories import MembershipFactory

from .. import queries, services
from ..choices import Delivery
from ..errors import AlreadyNamed, SaidNo, TooMany
from ..models import Edition, Sponsor
from .factories import EditionFactory, SponsorFactory

pytestmark = pytest.mark.django_db
MONDAY_FIRST = dt.date(2026, 6, 1)


def named(sponsor):
    return services.name(
        community=sponsor.community, email="Direction@Example.org", language="en", by=sponsor.named_by
    )


def test_whoever_is_named_is_asked_once_and_gets_nothing_else(run_jobs):
    sponsor = named(SponsorFactory.create(confirmed_at=None))
    run_jobs()
    (asked,) = mail.outbox
    assert asked.to == ["direction@example.org"]
    assert "Receive this report" in asked.body
    services.ask(sponsor.pk)
    assert mail.outbox[1].extra_headers["Message-ID"] == asked.extra_headers["Message-ID"]
    assert services.make_editions(MONDAY_FIRST) == 0


def test_the_link_of_the_mail_says_yes_by_a_button_and_not_by_being_opened(client):
    sponsor = SponsorFactory.create(confirmed_at=None)
    url = reverse("sponsors:answer", args=[queries.link_of(sponsor)])
    assert client.get(url).status_code == 200
    sponsor.refresh_from_db()
    assert sponsor.confirmed_at is None
    assert client.post(url).status_code == 200
    sponsor.refresh_from_db()
    assert sponsor.receives


def test_one_click_ends_it_without_signing_in_or_cookies(run_jobs):
    from django.test import Client

    sponsor = SponsorFactory.create()
    EditionFactory.create(sponsor=sponsor)
    services.send(sponsor.editions.get().pk)
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = "/reports/" + headers["List-Unsubscribe"].strip("<>").partition("/reports/")[2]
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(path).status_code == 200
    sponsor.refresh_from_db()
    assert sponsor.receives
    assert stranger.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Sponsor.objects.get().left_at is not None
    assert services.make_editions(MONDAY_FIRST) == 0


def test_an_edition_that_waits_does_not_leave_after_a_stop():
    edition = EditionFactory.create()
    services.stop(queries.link_of(edition.sponsor))
    services.send(edition.pk)
    assert mail.outbox == []


@pytest.mark.parametrize("token", ["nothing", "abc:def"])
def test_a_link_that_we_did_not_make_says_so(client, token):
    for name in ("answer", "stop"):
        answer = client.get(reverse(f"sponsors:{name}", args=[token]))
        assert answer.status_code == 404
        assert "Ce lien est incomplet" in answer.content.decode()


def test_nobody_is_asked_twice_nor_after_having_said_no():
    sponsor = SponsorFactory.create(confirmed_at=None)
    named(sponsor)
    with pytest.raises(AlreadyNamed):
        named(sponsor)
    services.stop(queries.link_of(Sponsor.objects.get(email="direction@example.org")))
    with pytest.raises(SaidNo):
        named(sponsor)
    assert sponsor.named_by is not None
    with pytest.raises(SaidNo):
        services.take_off(sponsor=Sponsor.objects.get(email="direction@example.org"), by=sponsor.named_by)


def test_a_list_has_an_end():
    sponsor = SponsorFactory.create()
    SponsorFactory.create_batch(19, community=sponsor.community, named_by=sponsor.named_by)
    with pytest.raises(TooMany, match="20"):
        named(sponsor)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.EXPERT, Role.TRAINING_MANAGER])
def test_only_the_lcm_names(role):
    other = MembershipFactory.create(role=role)
    with pytest.raises(PermissionDenied):
        services.name(community=other.community, email="a@example.org", language="fr", by=other.member)


@pytest.mark.parametrize(
    ("today", "month"),
    [
        ("2026-06-01", "2026-05-01"),  # a Monday
        ("2026-08-01", None),  # a Saturday
        ("2026-08-02", None),
        ("2026-08-03", "2026-07-01"),
        ("2026-08-10", "2026-07-01"),
        ("2026-08-11", None),
        ("2027-01-01", "2026-12-01"),
    ],
)
def test_it_leaves_on_the_first_day_that_is_no_weekend_and_later_when_it_was_missed(today, month):
    found = queries.due_month(dt.date.fromisoformat(today))
    assert (found and found.isoformat()) == month


def test_each_month_is_sent_once_whatever_runs_twice(run_jobs):
    sponsor = SponsorFactory.create()
    SponsorFactory.create(confirmed_at=None)
    assert services.make_editions(MONDAY_FIRST) == 1
    assert services.make_editions(MONDAY_FIRST) == 0
    assert services.make_editions(MONDAY_FIRST + dt.timedelta(days=1)) == 0
    run_jobs()
    services.send(sponsor.editions.get().pk)
    (sent,) = mail.outbox
    assert sent.to == [sponsor.email]
    assert sponsor.editions.get().state == Delivery.SENT
    assert [name for name, _content, _kind in sent.attachments] == [
        f"rapport-mensuel-mai-2026-{sponsor.community.slug}.pdf"
    ]
    assert sent.attachments[0][1].startswith(b"%PDF-")
    assert services.make_editions(MONDAY_FIRST + dt.timedelta(days=30)) == 1


def test_a_server_that_is_away_is_tried_again_with_the_same_name(monkeypatch):
    edition = EditionFactory.create()
    monkeypatch.setattr(
        "django.core.mail.backends.locmem.EmailBackend.send_messages",
        lambda *given: (_ for _ in ()).throw(smtplib.SMTPServerDisconnected()),
    )
    with pytest.raises(smtplib.SMTPServerDisconnected):
        services.send(edition.pk)
    edition.refresh_from_db()
    assert edition.state == Delivery.WAITING
    monkeypatch.undo()
    services.send(edition.pk)
    edition.refresh_from_db()
    assert edition.state == Delivery.SENT


@pytest.mark.parametrize(("code", "state"), [(550, Delivery.REFUSED), (451, Delivery.WAITING)])
def test_an_address_where_nobody_reads_is_not_tried_for_ever(monkeypatch, code, state):
    edition = EditionFactory.create()
    refusal = smtplib.SMTPRecipientsRefused({edition.sponsor.email: (code, b"no")})
    monkeypatch.setattr(
        "django.core.mail.backends.locmem.EmailBackend.send_messages",
        lambda *given: (_ for _ in ()).throw(refusal),
    )
    if state == Delivery.WAITING:
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            services.send(edition.pk)
    else:
        services.send(edition.pk)
    edition.refresh_from_db()
    assert edition.state == state


def test_what_no_server_took_for_hours_gets_another_job(run_jobs):
    sponsor = SponsorFactory.create()
    services.make_editions(MONDAY_FIRST)
    from tests.jobs import forget_queued

    forget_queued()
    services.make_editions(MONDAY_FIRST)
    assert run_jobs() == 0
    Edition.objects.update(made_at=timezone.now() - dt.timedelta(hours=7))
    services.make_editions(MONDAY_FIRST + dt.timedelta(days=1))
    run_jobs()
    assert sponsor.editions.get().state == Delivery.SENT


def test_an_archived_community_sends_nothing_nor_does_one_without_lcm():
    edition = EditionFactory.create()
    edition.sponsor.community.memberships.update(left_at=timezone.now())
    services.send(edition.pk)
    archived = EditionFactory.create(sponsor__community__archived_at=timezone.now())
    services.send(archived.pk)
    assert mail.outbox == []
    assert services.make_editions(MONDAY_FIRST) == 1  # for the one that is not archived


def test_addresses_that_never_answered_are_forgotten():
    long_ago = timezone.now() - dt.timedelta(days=31)
    silent = SponsorFactory.create(confirmed_at=None, named_at=long_ago)
    no = SponsorFactory.create(confirmed_at=None, named_at=long_ago, left_at=long_ago)
    yes = SponsorFactory.create(named_at=long_ago)
    services.forget_unanswered()
    assert set(Sponsor.objects.all()) == {no, yes}
    assert silent not in Sponsor.objects.all()


def test_the_page_adds_shows_and_takes_off(client):
    sponsor = SponsorFactory.create()
    client.force_login(sponsor.named_by)
    url = reverse("sponsors:named", args=[sponsor.community.slug])
    assert sponsor.email in client.get(url).content.decode()
    client.post(url, {"email": "x@example.org", "language": "fr"})
    wrong = client.post(url, {"email": "x@", "language": "fr"})
    assert wrong.status_code == 422
    assert "il faut un nom, un @" in wrong.content.decode()
    other = Sponsor.objects.get(email="x@example.org")
    client.post(reverse("sponsors:take_off", args=[sponsor.community.slug, other.pk]))
    assert not Sponsor.objects.filter(pk=other.pk).exists()


def test_an_address_of_another_community_cannot_be_taken_off(client):
    sponsor, other = SponsorFactory.create(), SponsorFactory.create()
    client.force_login(sponsor.named_by)
    assert (
        client.post(reverse("sponsors:take_off", args=[sponsor.community.slug, other.pk])).status_code == 404
    )


def test_the_list_costs_the_same_whatever_its_length(client, django_assert_max_num_queries):
    sponsor = SponsorFactory.create()
    EditionFactory.create(sponsor=sponsor)
    for _ in range(5):
        EditionFactory.create(sponsor=SponsorFactory.create(community=sponsor.community))
    client.force_login(sponsor.named_by)
    with django_assert_max_num_queries(16):
        client.get(reverse("sponsors:named", args=[sponsor.community.slug]))


def test_the_preview_and_its_file_are_those_of_the_month_asked_for(client):
    sponsor = SponsorFactory.create()
    client.force_login(sponsor.named_by)
    month = queries.months(timezone.localdate())[3]
    asked = {"month": f"{month:%Y-%m}"}
    page = client.get(reverse("sponsors:preview", args=[sponsor.community.slug]), asked)
    assert page.context["report"].month == month
    file = client.get(reverse("sponsors:file", args=[sponsor.community.slug]), asked)
    assert file.content.startswith(b"%PDF-")
    wrong = client.get(reverse("sponsors:preview", args=[sponsor.community.slug]), {"month": "2026-99"})
    assert wrong.status_code == 302
