"""The first person who can sign in."""

import pytest
from django.urls import reverse

from passeur.accounts import queries as accounts
from passeur.accounts.tests.factories import MemberFactory
from passeur.communities import queries as communities
from passeur.communities.tests.factories import CommunityFactory, ManagerFactory
from passeur.foundation.errors import PasseurError
from passeur.foundation.models import AuditEntry
from passeur.project import managers

pytestmark = pytest.mark.django_db


def test_an_account_with_a_password_signs_in(client):
    made = managers.create(email="Ines@Example.org", name="Inès Roy", password="un bon mot de passe")
    assert made == managers.Made("ines@example.org", None)
    response = client.post(
        reverse("account_login"), {"login": "ines@example.org", "password": "un bon mot de passe"}
    )
    assert response.status_code == 302


def test_the_link_leads_to_where_passeur_answers(settings):
    """Also on another port of this machine."""
    settings.ADDRESS, settings.ORIGIN = None, "http://127.0.0.1:8242"
    made = managers.create(email="ines@example.org", name="Inès Roy", password=None)
    assert made.link is not None
    assert made.link.startswith("http://127.0.0.1:8242/")


def test_without_a_password_a_link_lets_one_be_chosen(client):
    made = managers.create(email="ines@example.org", name="Inès Roy", password=None)
    assert made.link is not None
    assert made.link.startswith("http://127.0.0.1:8000/")
    response = client.get(made.link.removeprefix("http://127.0.0.1:8000"), follow=True)
    assert response.status_code == 200
    assert b'type="password"' in response.content


@pytest.mark.parametrize(
    ("email", "password"),
    [("ines@", "un bon mot de passe"), ("ines@example.org", "court"), ("ines@example.org", "1234567890")],
)
def test_what_will_not_do_is_one_sentence(email, password):
    with pytest.raises(PasseurError) as refusal:
        managers.create(email=email, name="Inès Roy", password=password)
    assert "\n" not in str(refusal.value)


def test_an_address_is_used_once():
    managers.create(email="ines@example.org", name="Inès Roy", password=None)
    with pytest.raises(PasseurError):
        managers.create(email="INES@example.org", name="Inès Roy", password=None)


def test_somebody_with_an_account_is_made_an_administrator():
    MemberFactory.create(email="ines@example.org")
    for _ in range(2):
        managers.name_administrator(email="Ines@example.org")
    found = accounts.by_email("ines@example.org")
    assert found is not None
    assert found.is_administrator
    (line,) = AuditEntry.objects.all()
    assert (line.act, line.by) == ("administrator.named", None)
    with pytest.raises(PasseurError, match="donnez --name"):
        managers.name_administrator(email="nobody@example.org")


def test_a_community_that_nobody_leads_gets_its_manager_from_the_command_line():
    community = CommunityFactory.create()
    made = managers.create(email="ines@example.org", name="Inès Roy", password=None)
    managers.appoint_by_name(email=made.email, slug=community.slug)
    assert [member.email for member in communities.animators(community)] == ["ines@example.org"]


def test_a_community_that_somebody_leads_is_left_to_them():
    community = ManagerFactory.create().community
    managers.create(email="ines@example.org", name="Inès Roy", password=None)
    with pytest.raises(PasseurError, match="anime"):
        managers.appoint_by_name(email="ines@example.org", slug=community.slug)
    assert len(communities.animators(community)) == 1


@pytest.mark.parametrize(
    ("email", "slug"), [("nobody@example.org", "donnees"), ("ines@example.org", "nowhere")]
)
def test_nobody_and_nowhere_are_one_sentence(email, slug):
    CommunityFactory.create(slug="donnees")
    managers.create(email="ines@example.org", name="Inès Roy", password=None)
    with pytest.raises(PasseurError, match=slug):
        managers.appoint_by_name(email=email, slug=slug)
