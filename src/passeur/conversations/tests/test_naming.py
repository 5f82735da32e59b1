"""Mentioning somebody while one writes, and the preview of it."""

import pytest
from django.urls import reverse

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory, PrivateCommunityFactory
from passeur.conversations.tests.factories import ContributionFactory, question
from passeur.writing import queries as files
from passeur.writing.tests.factories import image_bytes, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return CommunityFactory.create()


def join(community, name, handle):
    return MembershipFactory.create(
        community=community, member=MemberFactory.create(name=name, handle=handle)
    ).member


def test_those_of_the_exchange_come_before_the_others(client, community, django_assert_max_num_queries):
    asker, helper, other = (join(community, name, name.lower()) for name in ("Amir", "Anne", "Alix"))
    asked = question(community=community, author=asker)
    ContributionFactory.create(conversation=asked, author=helper)
    client.force_login(asker)
    address = reverse("conversations:people", args=[asked.pk])
    page = client.get(address, {"q": ""}).text
    assert "@anne" in page
    assert "@alix" not in page
    assert "@amir" not in page
    with django_assert_max_num_queries(11):
        page = client.get(address, {"q": "a"}).text
    assert page.index("@anne") < page.index(f"@{other.handle}")


def test_an_exchange_one_may_not_read_tells_nobody(client):
    asked = question(community=PrivateCommunityFactory.create())
    client.force_login(MemberFactory.create())
    assert client.get(reverse("conversations:people", args=[asked.pk])).status_code == 404


def test_the_preview_shows_a_mention_as_it_will_be(client, community):
    writer, named = join(community, "Amir", "amir"), join(community, "Anne Aubert", "anne")
    client.force_login(writer)
    html = client.post(
        reverse("conversations:preview", args=[community.slug]), {"text": "Bonjour @anne et @personne."}
    ).text
    address = reverse("accounts:profile", args=[named.pk])
    assert f'<a href="{address}" class="mention">@Anne Aubert</a>' in html
    assert "@personne" in html


def test_the_preview_shows_ones_own_pictures_and_no_others(client, community):
    mei, karim = join(community, "Mei", "mei"), join(community, "Karim", "karim")
    mine, other = stored(mei), stored(karim, image_bytes(colour="red"))
    client.force_login(mei)
    text = f"![Le galet]({files.address_of(mine)}) ![Autre]({files.address_of(other)})"
    html = client.post(reverse("conversations:preview", args=[community.slug]), {"text": text}).text
    assert (
        f'<img src="{files.address_of(mine)}" alt="Le galet" width="40" height="30" loading="lazy">' in html
    )
    assert html.count("<img") == 1


def test_each_editor_of_an_exchange_offers_its_people(client, community):
    asker = join(community, "Amir", "amir")
    asked = question(community=community, author=asker)
    opening = asked.contributions.get()
    client.force_login(asker)
    offered = f'data-people="{reverse("conversations:people", args=[asked.pk])}"'
    for address in (
        reverse("conversations:detail", args=[asked.pk]),
        reverse("conversations:comment", args=[opening.pk]),
        reverse("conversations:edit", args=[opening.pk]),
    ):
        assert offered in client.get(address).text, address
    new = reverse("conversations:start", args=[community.slug, "experience"])
    offered = f'data-people="{reverse("communities:people", args=[community.slug])}"'
    assert client.get(new).text.count(offered) == 4
