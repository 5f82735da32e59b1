"""Accounts of elsewhere in the log: told in words while they are there, and by nothing once they went."""

import json

import pytest

from passeur.accounts import services as accounts
from passeur.accounts.tests.factories import AdministratorFactory, MemberFactory
from passeur.foundation.models import AuditEntry
from passeur.records.services import linking
from passeur.records.tests.factories import AgentFactory, record, said

from ..queries import Asked, entries, told

pytestmark = pytest.mark.django_db
PLACE = {"account": {"homePage": "https://lms.example", "name": "zq7"}, "name": "Z. Quillévéré"}


@pytest.fixture
def administrator():
    return AdministratorFactory.create(name="Ada Admin")


@pytest.fixture
def zenobie():
    return MemberFactory.create(name="Zénobie Quillévéré")


@pytest.fixture
def account():
    """What a statement of a program brings."""
    record(said(actor=PLACE))
    return AgentFactory._meta.model.objects.get(value="zq7")


def details():
    return [line.details for line in told(entries(Asked())) if line.entry.act.startswith("xapi-agent")]


def test_an_account_is_told_by_its_name_and_its_place(administrator, zenobie, account):
    other = MemberFactory.create(name="Émile Ouvert")
    linking.link(agent=account, member=zenobie, by=administrator)
    linking.link(agent=account, member=other, by=administrator)
    linking.part(agent=account, by=administrator)
    which = "compte de traces\u00a0: Z. Quillévéré · zq7 · https://lms.example"
    assert details() == [
        which,
        f"avant\u00a0: Zénobie Quillévéré, {which}",
        f"avant\u00a0: personne, {which}",
    ]


def test_an_address_is_told_once(administrator, zenobie):
    mailbox = AgentFactory.create(value="mailto:zq@lms.example", name="zq@lms.example", member=None)
    linking.link(agent=mailbox, member=zenobie, by=administrator)
    assert details() == ["avant\u00a0: personne, compte de traces\u00a0: zq@lms.example"]


def test_once_the_person_is_erased_the_log_leads_to_no_account_even_if_it_comes_again(
    administrator, zenobie, account, run_jobs
):
    linking.link(agent=account, member=zenobie, by=administrator)
    (kept,) = AuditEntry.objects.filter(act="xapi-agent.linked")
    assert str(account.pk) not in json.dumps(kept.details)  # the key is a hash of the account
    accounts.close_account(member=zenobie, by=administrator)
    accounts.erase(member=zenobie, by=administrator)
    run_jobs()
    record(said(actor=PLACE))
    assert AgentFactory._meta.model.objects.filter(pk=account.pk).exists()
    number = kept.details["agent"]
    assert details() == [f"avant\u00a0: personne, compte de traces n°\u00a0: {number}"]


def test_many_lines_cost_the_same(administrator, zenobie, django_assert_num_queries):
    for _n in range(5):
        linking.link(agent=AgentFactory.create(member=None), member=zenobie, by=administrator)
        with django_assert_num_queries(4):
            told(list(entries(Asked())))
