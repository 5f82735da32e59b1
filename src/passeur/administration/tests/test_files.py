"""Invitations in bulk: what each line comes to, and that exactly this is done, once."""

import datetime as dt

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from passeur.accounts import services as accounts
from passeur.accounts.tests.factories import AdministratorFactory, MemberFactory
from passeur.communities import services as communities
from passeur.communities.choices import Act as CommunityAct
from passeur.communities.choices import Role
from passeur.communities.tests.factories import (
    CommunityFactory,
    InvitationFactory,
    ManagerFactory,
    MembershipFactory,
    PrivateCommunityFactory,
)
from passeur.foundation.models import AuditEntry

from .. import services, tasks
from ..choices import BatchState, Verdict
from ..errors import AlreadyRun
from ..models import Batch, BatchLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return AdministratorFactory.create(name="Ada Admin", email="ada@orvelle.example")


@pytest.fixture
def place():
    community = PrivateCommunityFactory.create(name="Été", slug="ete")
    ManagerFactory.create(community=community, member__email="lcm@orvelle.example")
    return community


def checked(ada, *rows: str, head: str = "adresse;communauté;rôle;langue;nom", place=None) -> Batch:
    table = services.read("\n".join([head, *rows]).encode())
    return services.check(table=table, by=ada, place=place)


def plans(batch) -> list[str]:
    return [line.plan for line in batch.lines.all()]


def outcomes(batch) -> list[str]:
    return [line.outcome for line in batch.lines.all()]


def test_each_line_says_what_it_comes_to(ada, place):
    member = MembershipFactory.create(community=place, member__email="la@orvelle.example").member
    MemberFactory.create(email="parti@orvelle.example", is_active=False)
    MemberFactory.create(email="ailleurs@orvelle.example")
    InvitationFactory.create(community=place, email="attend@orvelle.example")
    over = timezone.now() - dt.timedelta(days=1)
    InvitationFactory.create(community=place, email="tard@orvelle.example", expires_at=over)
    CommunityFactory.create(name="Close", archived_at=timezone.now())
    CommunityFactory.create(name="Double")
    CommunityFactory.create(name="DOUBLE")
    batch = checked(
        ada,
        "neuve@orvelle.example;ÉTÉ",
        "ailleurs@orvelle.example;ete;Expertise ou formation interne;en",
        "la@orvelle.example;ete",
        "la@orvelle.example;ete;membre",
        f"{member.email};ete;expert",
        "attend@orvelle.example;ete",
        "tard@orvelle.example;ete",
        "parti@orvelle.example;ete",
        "sans-fin@orvelle;ete",
        "x@orvelle.example;Nulle part",
        "x@orvelle.example;",
        "x@orvelle.example;double",
        "x@orvelle.example;Close",
        "x@orvelle.example;ete;chef",
        "x@orvelle.example;ete;;klingon",
        "x@orvelle.example;ete",
        "ada@orvelle.example;ete",
        "lcm@orvelle.example;ete;membre",
    )
    assert plans(batch) == [
        Verdict.INVITE,
        Verdict.INVITE,
        Verdict.MEMBER,
        Verdict.DUPLICATE,
        Verdict.DUPLICATE,
        Verdict.INVITED,
        Verdict.RENEW,
        Verdict.CLOSED,
        Verdict.BAD_ADDRESS,
        Verdict.NO_COMMUNITY,
        Verdict.UNNAMED,
        Verdict.SEVERAL_COMMUNITIES,
        Verdict.ARCHIVED,
        Verdict.BAD_ROLE,
        Verdict.BAD_LANGUAGE,
        Verdict.INVITE,
        Verdict.ONESELF,
        Verdict.LAST_MANAGER,
    ]
    assert [line.like for line in batch.lines.all() if line.plan == Verdict.DUPLICATE] == [4, 4]


def test_an_empty_role_changes_nothing_and_a_written_one_does(ada, place):
    MembershipFactory.create(community=place, member__email="la@orvelle.example", role=Role.EXPERT)
    assert plans(checked(ada, "la@orvelle.example;ete;")) == [Verdict.MEMBER]
    batch = checked(ada, "la@orvelle.example;ete;Member")
    (line,) = batch.lines.all()
    assert (line.plan, line.was, line.role) == (Verdict.ROLE, Role.EXPERT, Role.MEMBER)


def test_two_managers_cannot_both_step_back_by_one_file(ada, place):
    ManagerFactory.create(community=place, member__email="autre@orvelle.example")
    batch = checked(ada, "lcm@orvelle.example;ete;membre", "autre@orvelle.example;ete;membre")
    assert plans(batch) == [Verdict.ROLE, Verdict.LAST_MANAGER]


def test_lines_without_a_community_go_to_the_one_chosen(ada, place):
    assert plans(checked(ada, "a@orvelle.example", head="adresse", place=place)) == [Verdict.INVITE]


def test_checking_writes_to_nobody(ada, place, run_jobs, mailoutbox):
    checked(ada, "a@orvelle.example;ete")
    run_jobs()
    assert mailoutbox == []
    assert not place.invitations.exists()


def test_what_was_shown_is_done_and_nothing_else(ada, place, run_jobs, mailoutbox):
    la = MembershipFactory.create(community=place, member__email="la@orvelle.example")
    batch = checked(
        ada,
        "neuve@orvelle.example;ete;expert;en;Nora Neuve",
        "la@orvelle.example;ete;expert",
        "lcm@orvelle.example;ete",
        "sans-fin@orvelle;ete",
    )
    services.launch(batch=batch, by=ada)
    run_jobs()
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE
    assert outcomes(batch) == [Verdict.INVITE, Verdict.ROLE, "", ""]
    (invitation,) = place.invitations.all()
    said = (invitation.email, invitation.role, invitation.name, invitation.language, invitation.invited_by)
    assert said == ("neuve@orvelle.example", Role.EXPERT, "Nora Neuve", "en", ada)
    la.refresh_from_db()
    assert la.role == Role.EXPERT
    mails = [mail for mail in mailoutbox if mail.to == ["neuve@orvelle.example"]]
    assert len(mails) == 1
    assert "invites you" in mails[0].body
    acts = AuditEntry.objects.filter(by=ada.pk).values_list("act", flat=True)
    assert {CommunityAct.INVITED, CommunityAct.ROLE} <= set(acts)


def test_what_changed_in_between_is_told_and_not_done(ada, place, run_jobs, mailoutbox):
    soon = MemberFactory.create(email="bientot@orvelle.example")
    leaving = MemberFactory.create(email="part@orvelle.example")
    other = AdministratorFactory.create()
    batch = checked(
        ada,
        "bientot@orvelle.example;ete",
        "part@orvelle.example;ete",
        "deux@orvelle.example;ete",
        "reste@orvelle.example;ete",
    )
    MembershipFactory.create(community=place, member=soon)
    accounts.close_account(member=leaving, by=ada)
    communities.invite(community=place, email="deux@orvelle.example", by=other)
    services.launch(batch=batch, by=ada)
    run_jobs()
    assert outcomes(batch) == [Verdict.MEMBER, Verdict.CLOSED, Verdict.INVITED, Verdict.INVITE]
    assert [line.has_changed for line in batch.lines.all()] == [True, True, True, False]
    assert [mail.to for mail in mailoutbox] == [["reste@orvelle.example"]]


def test_an_interrupted_file_goes_on_where_it_was(ada, place, run_jobs, mailoutbox, monkeypatch):
    batch = checked(ada, *(f"p{n}@orvelle.example;ete" for n in range(5)))
    services.launch(batch=batch, by=ada)
    assert services.carry_on(batch.pk, most=2) is False

    real = communities.invite

    def dies(**given):
        if given["email"].startswith("p3"):
            raise KeyboardInterrupt
        return real(**given)

    monkeypatch.setattr(communities, "invite", dies)
    with pytest.raises(KeyboardInterrupt):
        services.carry_on(batch.pk)
    assert outcomes(batch) == [Verdict.INVITE] * 3 + ["", ""]
    monkeypatch.undo()
    tasks.take_up_batches(timestamp=0)
    run_jobs()
    assert outcomes(batch) == [Verdict.INVITE] * 5
    assert sorted(mail.to[0] for mail in mailoutbox) == [f"p{n}@orvelle.example" for n in range(5)]


def test_a_job_that_runs_twice_invites_once(ada, place, run_jobs, mailoutbox):
    batch = checked(ada, "a@orvelle.example;ete")
    services.launch(batch=batch, by=ada)
    for _ in range(2):
        tasks.carry_out_batch(batch=batch.pk)
    run_jobs()
    assert len(mailoutbox) == 1
    assert AuditEntry.objects.filter(act=CommunityAct.INVITED).count() == 1


def test_a_file_is_launched_once(ada, place):
    batch = checked(ada, "a@orvelle.example;ete")
    services.launch(batch=batch, by=ada)
    with pytest.raises(AlreadyRun):
        services.launch(batch=batch, by=ada)
    with pytest.raises(AlreadyRun):
        services.drop(batch=batch, by=ada)


def test_who_no_longer_administers_invites_nobody_any_more(ada, place, run_jobs, mailoutbox):
    batch = checked(ada, "a@orvelle.example;ete")
    services.launch(batch=batch, by=ada)
    type(ada).objects.filter(pk=ada.pk).update(is_administrator=False)
    run_jobs()
    assert outcomes(batch) == [Verdict.NOT_ALLOWED]
    assert mailoutbox == []


def test_checking_costs_the_same_for_few_and_for_many_lines(ada, place, django_assert_max_num_queries):
    few = services.read(b"adresse;communaut\xc3\xa9\na@orvelle.example;ete")
    rows = "\n".join(f"p{n}@orvelle.example;ete" for n in range(400))
    many = services.read(f"adresse;communauté\n{rows}".encode())
    with django_assert_max_num_queries(12) as first:
        services.check(table=few, by=ada)
    with django_assert_max_num_queries(12) as second:
        services.check(table=many, by=ada)
    assert len(first) == len(second)


def test_files_are_forgotten_after_a_month(ada, place):
    batch = checked(ada, "a@orvelle.example;ete")
    young = checked(ada, "b@orvelle.example;ete")
    Batch.objects.filter(pk=batch.pk).update(made_at=timezone.now() - dt.timedelta(days=31))
    tasks.forget_batches(timestamp=0)
    assert list(Batch.objects.all()) == [young]
    assert BatchLine.objects.count() == 1


def test_erasing_somebody_takes_their_line_out(ada, place, run_jobs):
    gone = MemberFactory.create(name="Zénobie Quillévéré", email="zq@orvelle.example")
    batch = checked(ada, "zq@orvelle.example;ete", "b@orvelle.example;ete;;;zenobie quillevere")
    accounts.erase(member=gone, by=ada)
    run_jobs()
    assert [(line.address, line.name) for line in batch.lines.all()] == [
        ("b@orvelle.example", "Membre parti")
    ]


@pytest.fixture
def signed_in(client, ada):
    client.force_login(ada, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def test_by_the_page_nothing_leaves_before_the_second_step(signed_in, place, run_jobs, mailoutbox):
    file = SimpleUploadedFile("people.csv", b"address;community;Matricule\na@orvelle.example;ete;7\n")
    page = signed_in.post(reverse("administration:files"), {"file": file}, follow=True)
    assert "sera invité" in page.content.decode()
    assert "Matricule" in page.content.decode()
    run_jobs()
    assert mailoutbox == []
    batch = Batch.objects.get()
    signed_in.post(reverse("administration:run", args=[batch.pk]))
    running = signed_in.get(reverse("administration:progress", args=[batch.pk]))
    assert "<progress" in running.content.decode()
    run_jobs()
    assert len(mailoutbox) == 1
    ended = signed_in.get(reverse("administration:progress", args=[batch.pk]))
    assert ended.headers["HX-Refresh"] == "true"
    assert (
        "Ce qu’a fait ce fichier"
        in signed_in.get(reverse("administration:file", args=[batch.pk])).content.decode()
    )


def test_a_workbook_is_refused_with_one_sentence(signed_in):
    file = SimpleUploadedFile("people.xlsx", b"PK\x03\x04...")
    page = signed_in.post(reverse("administration:files"), {"file": file})
    assert page.status_code == 422
    assert "C’est un classeur" in page.content.decode()


def test_the_model_is_a_file_that_is_read(signed_in, ada, place):
    response = signed_in.get(reverse("administration:model"))
    table = services.read(b"".join(response.streaming_content))
    assert [row.community for row in table.rows] == ["Été", "Été"]
    assert plans(services.check(table=table, by=ada)) == [Verdict.INVITE, Verdict.INVITE]


def test_the_lines_taken_away_run_nothing(signed_in, ada, place):
    batch = checked(ada, "=cmd@orvelle.example;ete;;;=HYPERLINK(1)")
    response = signed_in.post(reverse("administration:export_file", args=[batch.pk]))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert ";=" not in text


def test_the_page_of_a_file_costs_the_same_for_few_and_for_many(
    signed_in, ada, place, django_assert_max_num_queries
):
    few = checked(ada, "a@orvelle.example;ete")
    many = checked(ada, *(f"p{n}@orvelle.example;ete" for n in range(60)))
    with django_assert_max_num_queries(14) as first:
        signed_in.get(reverse("administration:file", args=[few.pk]))
    with django_assert_max_num_queries(14) as second:
        page = signed_in.get(reverse("administration:file", args=[many.pk]))
    assert len(first) == len(second)
    assert len(page.context["page"].items) == 50
