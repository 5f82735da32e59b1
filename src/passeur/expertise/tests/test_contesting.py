"""What Passeur infers is contested by one click: neither shown nor used from then on; nobody is told."""

import pytest
from django.urls import reverse

from passeur.communities.tests.factories import CommunityFactory, ManagerFactory, MembershipFactory
from passeur.conversations.tests.factories import question
from passeur.skills.tests.factories import ThemeFactory

from .. import queries
from ..choices import Scope
from ..models import Contest
from ..queries.candidates import involved
from .factories import ExchangeFactory, TallyFactory, ThemeCountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown():
    """Karim, whose two accepted answers on a theme are counted; a question on it."""
    community = CommunityFactory.create()
    karim = MembershipFactory.create(community=community).member
    theme = ThemeFactory.create(community=community, name="Codes article")
    ThemeCountFactory.create(community=community, theme=theme)
    TallyFactory.create(
        community=community, scope=Scope.THEME, key=theme.pk, person=karim, answers=4, accepted=2
    )
    asked = question(community=community)
    ExchangeFactory.create(conversation=asked, community=community, themes=[theme.pk], broader=[theme.pk])
    return community, karim, theme, asked


def test_a_contested_theme_is_not_shown_and_brings_no_question_until_it_is_accepted_again(client, shown):
    community, karim, theme, asked = shown
    client.force_login(karim)
    assert "Expertise « Codes article », démontrée" in plain(client.get(reverse("accounts:known")))
    client.post(reverse("expertise:contest", args=[theme.pk]), {"next": reverse("accounts:known")})
    assert queries.demonstrated_by(karim, [community]) == []
    assert queries.demonstrated_among(community, [karim.pk], [theme.pk]) == {}
    assert (asked.pk, karim.pk) in involved([asked.pk])
    page = plain(client.get(reverse("accounts:known")))
    assert "écartée par vous" in page
    assert "démontrée" not in page
    client.post(reverse("expertise:accept_again", args=[theme.pk]))
    assert len(queries.demonstrated_by(karim, [community])) == 1
    assert (asked.pk, karim.pk) not in involved([asked.pk])


def test_the_manager_reads_nothing_of_it(client, shown):
    community, karim, theme, asked = shown
    Contest.objects.create(member=karim, theme=theme)
    client.force_login(ManagerFactory.create(community=community).member)
    for page in (
        reverse("accounts:profile", args=[karim.pk]),
        reverse("conversations:detail", args=[asked.pk]),
    ):
        text = plain(client.get(page)).lower()
        assert "contest" not in text
        assert "écarté" not in text


def test_nobody_contests_for_somebody_else_nor_what_was_not_shown(client, shown):
    _community, _karim, theme, _asked = shown
    other = MembershipFactory.create().member
    client.force_login(other)
    client.post(reverse("expertise:contest", args=[theme.pk]))
    client.post(reverse("expertise:contest", args=[10**9]))
    assert not Contest.objects.exists()


def plain(page):
    return page.content.decode().replace("\u00a0", " ").replace("\u202f", " ")
