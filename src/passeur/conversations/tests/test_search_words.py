"""Which words find which texts, and in which order."""

from __future__ import annotations

import pytest

from passeur.accounts.tests.factories import MemberFactory
from passeur.skills.tests.factories import SynonymFactory, ThemeFactory

from ..choices import Part
from ..queries.search import search
from ..services import indexing
from .factories import ConversationThemeFactory
from .searches import asked, found, open_community, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return MemberFactory.create()


@pytest.fixture
def community():
    return open_community()


def test_a_search_finds_the_other_forms_of_a_word(member, community) -> None:
    asked("Qui a répondu au client ?", community=community)
    assert found(member, "répondre") == found(member, "REPONDRE") == ["Qui a répondu au client ?"]


def test_chat_does_not_find_a_punishment(member, community) -> None:
    asked("Le châtiment des retards", community=community)
    assert found(member, "chat") == []


def test_accents_and_case_do_not_count_for_being_found(member, community) -> None:
    asked("Étiquettes Œillet", community=community)
    for text in ("étiquette", "ETIQUETTES", "œillet", "oeillet", "Étiquettes œillet"):
        assert found(member, text) == ["Étiquettes Œillet"], text


@pytest.mark.parametrize(
    ("text", "first"),
    [("côté", "côté"), ("côte", "côte"), ("cote", "cote"), ("COTE", "cote"), ("coté", "coté")],
)
def test_the_accented_form_weighs_more(member, community, text, first) -> None:
    for word in ("cote", "côte", "coté", "côté"):
        asked(f"Le sens de {word}", community=community)
    results = found(member, text)
    assert len(results) == 4
    assert results[0] == f"Le sens de {first}"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("tâche", "tâche", "tache"),
        ("tache", "tache", "tâche"),
        ("pâté", "pâté", "pâte"),
        ("pâte", "pâte", "pâté"),
    ],
)
def test_a_task_comes_before_a_stain_and_the_reverse(member, community, text, first, last) -> None:
    asked(f"Une {last} sur le sol", community=community)
    asked(f"Une {first} sur le sol", community=community)
    assert found(member, text) == [f"Une {first} sur le sol", f"Une {last} sur le sol"]


def test_the_very_word_comes_before_its_other_forms(member, community) -> None:
    asked("Nous actualisons le stock", community=community)
    asked("Une actualisation du stock", community=community)
    assert found(member, "actualisation")[0] == "Une actualisation du stock"
    assert len(found(member, "actualisation")) == 2


def test_the_title_weighs_more_than_the_opening_and_that_more_than_a_comment(member, community) -> None:
    commented = asked("Autre sujet", "Rien de plus.", community=community)
    said(commented, "Et le convoyeur ?", part=Part.COMMENT)
    indexing.index([commented.pk])
    asked("Sujet du jour", "Le convoyeur dérive.", community=community)
    asked("Le convoyeur", "Il dérive.", community=community)
    assert found(member, "convoyeur") == ["Le convoyeur", "Sujet du jour", "Autre sujet"]


def test_all_the_words_are_needed_and_small_ones_passed_over(member, community) -> None:
    asked("Compter le stock", community=community)
    asked("Compter les palettes", community=community)
    assert found(member, "comment compter le stock ?") == ["Compter le stock"]


def test_a_quoted_phrase_keeps_its_order_and_its_words(member, community) -> None:
    asked("Un lot de produits périmés", community=community)
    asked("Des produits du lot périmé", community=community)
    asked("Lot périmé au retour", community=community)
    assert found(member, "« lot périmé » retour") == ["Lot périmé au retour"]
    assert set(found(member, '"lot perime"')) == {"Lot périmé au retour", "Des produits du lot périmé"}
    assert found(member, '"lot de produits"') == ["Un lot de produits périmés"]


def test_no_phrase_reaches_over_from_one_message_to_the_next(member, community) -> None:
    asked("Sujet", "La fin du lot", "périmé depuis hier", community=community)
    assert found(member, '"lot périmé"') == []


def test_a_word_can_be_left_out(member, community) -> None:
    asked("Stock du jardin", community=community)
    asked("Stock de vis", community=community)
    assert found(member, "stock -jardin") == ["Stock de vis"]
    assert found(member, "stock −jardins") == ["Stock de vis"]


def test_a_star_finds_what_begins_so(member, community) -> None:
    asked("Inventorier", community=community)
    assert found(member, "inven*") == ["Inventorier"]
    assert found(member, "inven") == []


def test_while_typing_the_last_word_is_a_beginning(member, community) -> None:
    asked("Inventorier les palettes", community=community)
    assert search(member, "palettes inven", typing=True).total == 1
    assert search(member, "inven palettes", typing=True).total == 0


def test_compounds_are_found_together_and_in_one_word(member, community) -> None:
    asked("Un e-mail perdu", community=community)
    asked("Un email reçu", community=community)
    asked("Un mail de E. Roux", community=community)
    assert set(found(member, "e-mail")) == {"Un e-mail perdu", "Un email reçu"}
    assert set(found(member, "email")) == {"Un e-mail perdu", "Un email reçu"}


def test_elisions_and_languages_of_programming_are_read_as_people_mean_them(member, community) -> None:
    asked("L’inventaire d'octobre", community=community)
    asked("Un module en C++ et node.js", community=community)
    assert found(member, "inventaire d’octobre") == ["L’inventaire d'octobre"]
    assert found(member, "c++") == found(member, "node.js") == ["Un module en C++ et node.js"]


def test_french_and_english_texts_live_in_one_community(member, community) -> None:
    asked(
        "Build failures", "The builds were broken and the tests that we have are slow.", community=community
    )
    asked("Port de charge", "Le port de la palette est dans la zone des quais.", community=community)
    assert found(member, "building") == ["Build failures"]
    assert found(member, "ports") == ["Port de charge"]
    assert found(member, "break") == ["Build failures"]


def test_names_and_synonyms_of_themes_find_their_conversations(member, community) -> None:
    conversation = asked("Une panne", community=community)
    theme = ThemeFactory.create(community=community, name="Consignation")
    SynonymFactory.create(theme=theme, community=community, name="cadenassage")
    ConversationThemeFactory.create(conversation=conversation, theme=theme)
    indexing.index([conversation.pk])
    assert found(member, "consignations") == found(member, "cadenassage") == ["Une panne"]
