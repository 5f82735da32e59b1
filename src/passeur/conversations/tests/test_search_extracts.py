"""Extracts show the passage that matched, with its words marked, as safe HTML."""

from __future__ import annotations

import time

import pytest

from passeur.accounts.tests.factories import MemberFactory

from ..choices import Part
from ..queries.search import parse, search
from ..queries.search.extracts import extract, marked
from ..services import indexing
from .searches import asked, open_community, said

FILLING = "Rien à signaler dans la zone des quais ce matin. " * 30


def shown(text: str, words: str) -> str:
    return extract(text, parse(words), "fr")


def test_words_are_marked_in_all_their_forms() -> None:
    assert shown("Nous avons RÉPONDU, puis répondons.", "repondre") == (
        "Nous avons <mark>RÉPONDU</mark>, puis <mark>répondons</mark>."
    )


def test_what_people_wrote_is_escaped() -> None:
    assert shown("<img onerror=x> & stock", "stock") == "&lt;img onerror=x&gt; &amp; <mark>stock</mark>"
    assert (
        marked('<b>"stock"</b>', parse("stock"), "fr") == "&lt;b&gt;&quot;<mark>stock</mark>&quot;&lt;/b&gt;"
    )


def test_the_passage_with_most_of_the_words_is_chosen() -> None:
    text = f"Le stock. {FILLING} Ici le stock du lot périmé. {FILLING} Un lot."
    passage = shown(text, "stock lot périmé")
    assert "<mark>stock</mark> du <mark>lot</mark> <mark>périmé</mark>" in passage
    assert passage.startswith("… ")
    assert passage.endswith(" …")
    assert len(passage) < 350


def test_without_a_match_the_beginning_is_shown() -> None:
    passage = shown(FILLING, "convoyeur")
    assert passage.startswith("Rien à signaler")
    assert "<mark>" not in passage


def test_the_words_of_a_phrase_are_marked_only_side_by_side() -> None:
    assert shown("Un mail, un e-mail, E. Roux", "e-mail") == "Un mail, un <mark>e-mail</mark>, E. Roux"
    assert shown("périmé, et un lot périmé", '"lot périmé"') == (
        "périmé, et un <mark>lot</mark> <mark>périmé</mark>"
    )


def test_decomposed_letters_and_hidden_hyphens_do_not_hide_a_word() -> None:
    assert shown("un e\u0301tat de\u00adpôt", "état dépot") == "un <mark>état</mark> <mark>depôt</mark>"


def test_time_grows_with_the_text_and_no_faster() -> None:
    query = parse("stock lot périmé é*")
    text = "stock e-é lot périmé l'a " * 4_000

    def once(times: int) -> float:
        start = time.process_time()
        extract(text * times, query, "fr")
        return time.process_time() - start

    def spent(times: int) -> float:
        """Processor seconds, the least of some tries: a busy machine adds to each."""
        return min(once(times) for _ in range(3))

    assert spent(8) < 8 * 4 * max(spent(1), 0.005)


@pytest.mark.django_db
def test_the_extract_is_from_the_contribution_that_matched() -> None:
    member, community = MemberFactory.create(), open_community()
    conversation = asked("Une panne", "Le tapis s’arrête.", "Changez la courroie.", community=community)
    answer = said(conversation, "Regardez le capteur optique du tapis.")
    indexing.index([conversation.pk])
    hit = search(member, "capteur tapis").hits[0]
    assert hit.matched is not None
    assert hit.matched.pk == answer.pk
    assert "<mark>capteur</mark> optique du <mark>tapis</mark>" in hit.extract


@pytest.mark.django_db
def test_a_match_in_the_title_shows_the_opening() -> None:
    member, community = MemberFactory.create(), open_community()
    asked("Convoyeur bloqué", "Depuis ce matin.", "Appelez-nous.", community=community)
    hit = search(member, "convoyeurs").hits[0]
    assert hit.title == "<mark>Convoyeur</mark> bloqué"
    assert hit.matched is not None
    assert hit.matched.part == Part.OPENING
    assert hit.extract == "Depuis ce matin."


@pytest.mark.django_db
def test_a_deleted_message_is_never_shown() -> None:
    member, community = MemberFactory.create(), open_community()
    conversation = asked("Une panne", "Le tapis s’arrête.", "Le secret du capteur.", community=community)
    conversation.contributions.filter(part=Part.ANSWER).update(deleted_at=conversation.created_at)
    assert search(member, "capteur").hits[0].extract == ""
    indexing.index([conversation.pk])
    assert search(member, "capteur").total == 0
