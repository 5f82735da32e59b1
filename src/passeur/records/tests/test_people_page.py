"""The page that says who is whom in statements."""

from __future__ import annotations

import pytest
from django.urls import reverse

from passeur.accounts.tests.factories import MemberFactory

from ..models import Agent
from ..protocols import home
from ..queries import agents
from .factories import AgentFactory, StatementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    member = MemberFactory.create(is_administrator=True)
    client.force_login(member)
    return member


@pytest.fixture
def nora():
    return MemberFactory.create(name="Nora Petit", handle="nora", email="nora@example.org")


@pytest.fixture
def unknown():
    return AgentFactory.create(name="N. Petit", value="mailto:np@lms.example")


def test_who_is_nobody_is_shown_with_their_statements(client, administrator, unknown):
    StatementFactory.create_batch(2, agents=[unknown.pk], actor=unknown.pk)
    StatementFactory.create(agents=[unknown.pk], is_voided=True)
    told = client.get(reverse("records:people")).content.decode()
    assert "N. Petit" in told
    assert "2 traces" in told.replace("\u00a0", " ")


def test_more_than_many_are_not_counted_further(unknown, monkeypatch):
    monkeypatch.setattr(agents, "MANY", 2)
    StatementFactory.create_batch(5, agents=[unknown.pk])
    (seen,) = agents.seen([unknown])
    assert seen.statements == 3
    assert seen.is_many


def test_an_account_of_this_place_needs_no_saying(client, administrator):
    AgentFactory.create(kind="account", home=home(), value="12", name="Douze")
    assert "Douze" not in client.get(reverse("records:people")).content.decode()


def test_programs_of_a_place_that_moved_are_no_people(client, administrator, settings):
    """They vouch by the address of today, and members are named by the former one."""
    settings.RECORDS_HOME = "https://former.example.org"
    AgentFactory.create(kind="account", home=settings.ORIGIN, value="0460f049", name="Moodle")
    AgentFactory.create(kind="account", home=home(), value="12", name="Douze")
    told = client.get(reverse("records:people")).content.decode()
    assert "Moodle" not in told
    assert "Douze" not in told


@pytest.mark.parametrize("words", ["@nora", "Nora Petit (@nora)", "nora@example.org", "nora petit"])
def test_an_agent_is_linked_by_the_words_of_the_field(client, administrator, nora, unknown, words):
    answer = client.post(reverse("records:link", args=[unknown.pk]), {"person": words})
    assert answer.status_code == 302
    assert Agent.objects.get(pk=unknown.pk).member == nora
    told = client.get(reverse("records:people"), {"show": "linked"}).content.decode()
    assert "Nora Petit" in told


@pytest.mark.parametrize("words", ["", "personne", "Paul Martin", "@", "x@example.org"])
def test_words_that_name_nobody_link_nobody(client, administrator, nora, unknown, words):
    MemberFactory.create_batch(2, name="Paul Martin")
    answer = client.post(reverse("records:link", args=[unknown.pk]), {"person": words})
    assert answer.status_code == 422
    assert Agent.objects.get(pk=unknown.pk).member is None


def test_it_can_be_undone(client, administrator, nora, unknown):
    client.post(reverse("records:link", args=[unknown.pk]), {"person": "@nora"})
    client.post(reverse("records:part", args=[unknown.pk]))
    assert Agent.objects.get(pk=unknown.pk).member is None
    assert "N. Petit" in client.get(reverse("records:people")).content.decode()


def test_people_are_offered_while_one_types(client, administrator, nora):
    for begins in ("nor", "pet", "@no"):
        assert "@nora" in client.get(reverse("records:offered"), {"q": begins}).content.decode()
    assert "@nora" not in client.get(reverse("records:offered"), {"q": ""}).content.decode()


def test_a_page_costs_the_same_for_many(client, administrator, django_assert_max_num_queries, unknown):
    AgentFactory.create_batch(30)
    client.get(reverse("records:people"))
    with django_assert_max_num_queries(12):
        client.get(reverse("records:people"))


def test_an_unknown_filter_is_refused(client, administrator):
    assert client.get(reverse("records:people"), {"show": "all"}).status_code == 400


def test_there_are_as_many_pages_as_it_takes(client, administrator):
    for number in range(120):
        AgentFactory.create(name=f"{number:03} " + "x" * 2000)
    address, shown = reverse("records:people"), []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200
        shown += [one.agent.name[:3] for one in answer.context["seen"]]
        following = answer.context["page"].next
        address = following and f"{reverse('records:people')}?page={following}"
    assert shown == [f"{number:03}" for number in range(120)]
