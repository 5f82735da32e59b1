"""The audit log as it is read: narrowed, paged, taken away as a table in which nothing runs."""

import ast
import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from pytest_django import asserts

import passeur
from passeur.accounts import services as accounts
from passeur.accounts.choices import Act
from passeur.accounts.tests.factories import AdministratorFactory, MemberFactory
from passeur.communities.choices import Act as Invited
from passeur.communities.tests.factories import InvitationFactory
from passeur.foundation.models import AuditEntry
from passeur.foundation.tests.factories import AuditEntryFactory

from ..choices import Act as Ours
from ..queries import Asked, entries, told

pytestmark = pytest.mark.django_db
LOG = "/administration/log/"


@pytest.fixture
def administrator(client):
    member = AdministratorFactory.create(name="Ada Admin")
    client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return member


def test_it_is_narrowed_by_act_by_person_and_by_day():
    emile = MemberFactory.create(name="Émile Ouvert", email="emile@orvelle.example")
    old = timezone.make_aware(dt.datetime(2026, 3, 29, 23, 30))
    first = AuditEntryFactory.create(act=Act.CLOSED, by=1, member=emile.pk, at=old)
    second = AuditEntryFactory.create(act=Act.REOPENED, by=emile.pk, member=2)
    assert list(entries(Asked())) == [second, first]
    assert list(entries(Asked(act=Act.CLOSED))) == [first]
    assert list(entries(Asked(person=emile.pk))) == [second, first]
    assert list(entries(Asked(words="emi"))) == [second, first]
    assert list(entries(Asked(words="emi", act=Act.REOPENED))) == [second]
    assert list(entries(Asked(words="personne"))) == []
    # The day of the clock change, which has 23 hours.
    day = dt.date(2026, 3, 29)
    assert list(entries(Asked(since=day, until=day))) == [first]
    assert list(entries(Asked(until=day - dt.timedelta(days=1)))) == []


def test_a_line_about_somebody_erased_has_no_name_left(run_jobs):
    gone = MemberFactory.create(name="Zénobie Quillévéré")
    by = AdministratorFactory.create()
    accounts.close_account(member=gone, by=by)
    accounts.erase(member=gone, by=by)
    run_jobs()
    lines = [line for line in told(entries(Asked())) if line.entry.member == gone.pk]
    assert [line.entry.act for line in lines] == [Act.ERASED, Act.ERASURE_ASKED, Act.CLOSED]
    assert {line.member.name for line in lines if line.member} == {"Membre parti"}


def test_an_invitation_is_told_by_its_address_while_it_is_there():
    invitation = InvitationFactory.create(email="ingrid@orvelle.example")
    details = {"invitation": invitation.pk, "role": "member"}
    AuditEntryFactory.create(act=Invited.INVITED, details=details)
    assert told(entries(Asked()))[0].details == "adresse\u00a0: ingrid@orvelle.example, rôle\u00a0: Membre"
    number = invitation.pk
    invitation.delete()
    assert told(entries(Asked()))[0].details == f"rôle\u00a0: Membre, invitation n°\u00a0: {number}"


def test_whatever_is_recorded_has_a_word_on_the_page():
    """Found in the code: each name that a line is given, whichever room gives it."""
    rooms = Path(passeur.__file__).parent
    calls = [
        call
        for path in rooms.rglob("*.py")
        if "tests" not in path.parts and "audit.record(" in (code := path.read_text())
        for call in ast.walk(ast.parse(code))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "audit.record"
    ]
    used = {one.arg for call in calls for one in call.keywords if one.arg} - {"by", "member", "community"}
    assert {"scopes", "forward", "agent"} <= used
    row = AuditEntryFactory.build(details=dict.fromkeys(used, 1))
    (line,) = told([row])
    said = {part.split("\u00a0:")[0] for part in line.details.split(", ")}
    # « version » is the same word in both.
    assert not said & (used - {"version"}), "said by the names of the program"


@pytest.mark.parametrize(
    ("details", "said"),
    [({"before": 0}, "avant\u00a0: personne"), ({"everything": False}, "avec les traces déjà là\u00a0: non")],
)
def test_nobody_and_no_are_said_in_words(details, said):
    assert told([AuditEntryFactory.build(details=details)])[0].details == said


def test_a_page_costs_the_same_for_few_and_for_many_lines(
    client, administrator, django_assert_max_num_queries
):
    AuditEntryFactory.create(by=MemberFactory.create().pk)
    with django_assert_max_num_queries(13) as few:
        client.get(LOG)
    for _ in range(55):
        AuditEntryFactory.create(by=MemberFactory.create().pk, member=MemberFactory.create().pk)
    with django_assert_max_num_queries(13) as many:
        page = client.get(LOG).context["page"]
    assert len(few) == len(many)
    assert len(page.items) == 50
    assert len(client.get(LOG, {"page": page.next}).context["page"].items) == 6


def test_an_unknown_act_is_an_error_and_not_everything(client, administrator):
    AuditEntryFactory.create(act=Act.CLOSED)
    page = client.get(LOG, {"act": "nothing.such"})
    assert page.status_code == 422
    asserts.assertNotContains(page, "<table", status_code=422)


def test_the_table_taken_away_runs_nothing_and_is_itself_in_the_log(client, administrator):
    sly = MemberFactory.create(name="=HYPERLINK(1)")
    AuditEntryFactory.create(act=Act.CLOSED, by=administrator.pk, member=sly.pk, details={"role": "lcm"})
    AuditEntryFactory.create(act=Act.REOPENED)
    page = client.get(LOG, {"act": Act.CLOSED})
    sent = dict(page.context["kept"])
    assert sent["act"] == Act.CLOSED
    response = client.post(reverse("administration:export_log"), sent)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[1] for row in rows] == ["acte", "Compte fermé"]
    assert rows[1][4] == "'=HYPERLINK(1)"
    assert AuditEntry.objects.filter(act=Ours.LOG_EXPORTED, by=administrator.pk).count() == 1
