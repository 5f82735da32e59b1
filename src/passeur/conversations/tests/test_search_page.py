"""The search page: words in the address, filters checked, misses remembered when they are needs."""

from __future__ import annotations

import pytest
from django.urls import reverse

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import MembershipFactory
from passeur.skills.tests.factories import ThemeFactory

from ..choices import Kind
from ..models import SearchMiss
from .factories import ConversationThemeFactory, at
from .searches import asked, open_community

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return open_community(slug="stocks", name="Stocks")


@pytest.fixture
def reading(client, community):
    """A signed-in member of the community; asks for the page and gives back the answer."""
    member = MemberFactory.create()
    MembershipFactory.create(member=member, community=community)
    client.force_login(member)

    def read(headers=None, **words):
        return client.get(reverse("conversations:search"), words, headers=headers or {})

    return read


def text_of(response) -> str:
    html: str = response.content.decode()
    return html.replace("\u202f", " ").replace("\xa0", " ")


def test_a_stranger_signs_in_first(client) -> None:
    response = client.get(reverse("conversations:search"), {"q": "stock"})
    assert response.status_code == 302
    assert "q%3Dstock" in response["Location"]


def test_results_show_the_words_and_lead_to_the_message(reading, community) -> None:
    conversation = asked("Une panne", "Le tapis.", "Le capteur du tapis.", community=community)
    answer = conversation.contributions.get(part="answer")
    page = text_of(reading(q="capteurs"))
    assert "1 échange" in page
    assert "Le <mark>capteur</mark> du tapis." in page
    assert reverse("conversations:contribution", args=[answer.pk]) in page
    assert f"Réponse de {answer.author.name}" in page


def test_without_words_the_page_says_what_can_be_searched(reading) -> None:
    for words in ({}, {"q": ""}, {"q": "  "}):
        response = reading(**words)
        assert response.status_code == 200
        assert "Que cherchez-vous ?" in text_of(response)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"q": "-stock"}, "Ajoutez au moins un mot"),
        ({"q": "x" * 300}, "trop long"),
        ({"q": "", "kind": Kind.QUESTION}, "au moins un mot"),
        ({"q": "stock", "kind": "article"}, "n’existe pas"),
        ({"q": "stock", "state": "lost"}, "n’existe pas"),
        ({"q": "stock", "community": "elsewhere"}, "n’existe pas, ou vous n’y avez pas accès"),
        ({"q": "stock", "community": "stocks", "theme": "nowhere"}, "Ce thème n’existe pas"),
        ({"q": "stock", "theme": "nowhere"}, "Choisissez la communauté"),
        ({"q": "stock", "author": "Personne Ici"}, "n’a écrit ici"),
        ({"q": "stock", "since": "hier"}, "date"),
        ({"q": "stock", "since": "2026-03-02", "until": "2026-03-01"}, "précède"),
    ],
)
def test_what_cannot_be_searched_is_said_and_nothing_is_shown(reading, community, words, said) -> None:
    asked("Stock", community=community)
    response = reading(**words)
    assert response.status_code == 422
    assert said in text_of(response)
    assert "<mark>" not in text_of(response)
    assert not SearchMiss.objects.exists()


def test_choosing_another_community_lets_the_theme_go(reading, community) -> None:
    ThemeFactory.create(community=community, slug="lots")
    other = open_community(slug="ateliers")
    asked("Stock", community=other)
    response = reading(q="stock", community="ateliers", theme="lots", themes_of="stocks")
    assert "<mark>Stock</mark>" in text_of(response)


def test_nothing_found_is_remembered_and_leads_to_asking(reading, community) -> None:
    page = text_of(reading(q="macro inventaire"))
    assert "Rien sur « macro inventaire ». Posez la question ?" in page
    assert reverse("conversations:start", args=["stocks", "question"]) + "?title=macro+inventaire" in page
    miss = SearchMiss.objects.get()
    assert (miss.folded, miss.community) == ("macro inventaire", community)


def test_typing_shows_results_and_is_no_search(reading, community) -> None:
    asked("Inventaire", community=community)
    assert "<mark>Inventaire</mark>" in text_of(reading(q="inven", headers={"HX-Trigger-Name": "q"}))
    reading(q="macro", headers={"HX-Trigger-Name": "q"})
    assert not SearchMiss.objects.exists()


def test_filters_that_empty_the_page_are_no_need(reading, community) -> None:
    asked("Stock", community=community)
    page = text_of(reading(q="stock", kind=Kind.DISCUSSION))
    assert "Rien sur « stock » avec ces filtres" in page
    assert not SearchMiss.objects.exists()
    reading(q="macro", kind=Kind.DISCUSSION)
    assert SearchMiss.objects.count() == 1


def test_in_an_archived_community_nobody_is_sent_to_ask(reading, client) -> None:
    open_community(slug="anciens", archived_at=at(0))
    assert "Posez la question" not in text_of(reading(q="macro", community="anciens"))


def test_words_are_shown_as_typed_and_never_run(reading, community) -> None:
    page = text_of(reading(q='<script>"macro"'))
    assert "<script>&quot;" not in page
    assert "&lt;script&gt;" in page


def test_the_number_of_queries_does_not_depend_on_the_results(
    reading, community, django_assert_max_num_queries
) -> None:
    theme = ThemeFactory.create(community=community)
    author = MemberFactory.create(name="Zoé Blot")
    for n in range(12):
        conversation = asked(f"Stock {n}", "Le stock.", "Du stock.", community=community, author=author)
        ConversationThemeFactory.create(conversation=conversation, theme=theme)
    reading(q="stock")
    with django_assert_max_num_queries(10):
        assert "12 échanges" in text_of(reading(q="stock"))
    with django_assert_max_num_queries(13):
        assert "12 échanges" in text_of(reading(q="stock", community="stocks", author="zoe bl"))


def test_a_page_kept_for_one_reader_says_what_has_changed_since(reading, community) -> None:
    conversation = asked("Stock un", "Le stock.", community=community)
    assert "<mark>Stock</mark> un" in text_of(reading(q="stock"))
    conversation.author.name = "Zoé Blot"
    conversation.author.save()
    type(conversation).objects.filter(pk=conversation.pk).update(title="Stock deux")
    page = text_of(reading(q="stock"))
    assert "<mark>Stock</mark> deux" in page
    assert "Zoé Blot" in page
    assert "Stock</mark> un" not in page


def test_people_and_themes_of_that_name_are_found_too_and_a_name_is_no_unmet_need(reading, community):
    mei = MembershipFactory.create(community=community, member__name="Mei Tran").member
    ThemeFactory.create(community=community, name="Trançage")
    page = reading(q="mei tran")
    assert reverse("accounts:profile", args=[mei.pk]) in text_of(page)
    assert not SearchMiss.objects.exists()
    page = reading(q="trancage")
    assert "Trançage · Stocks" in text_of(page)
