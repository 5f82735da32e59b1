"""The page about accessibility: for strangers and members, in both languages, with whom to tell."""

import pytest

from passeur.communities.tests.factories import ManagerFactory, MembershipFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/accessibility/"


def test_a_stranger_finds_it_in_the_foot_of_the_page_where_one_signs_in(client):
    assert f'href="{ADDRESS}"' in client.get("/accounts/login/").content.decode()
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert "Ce qui ne l’est pas" in page.content.decode()


def test_a_member_reads_whom_to_tell(client):
    manager = ManagerFactory.create(member__name="Agathe Roche")
    reader = MembershipFactory.create(community=manager.community).member
    client.force_login(reader)
    page = client.get(ADDRESS).content.decode()
    assert "Agathe Roche" in page
    assert page.count(f'href="{ADDRESS}"') >= 1


def test_it_is_in_english_too(client):
    page = client.get(ADDRESS, headers={"accept-language": "en"}).content.decode()
    assert "Say what stops you" in page
