"""Similar texts by their words."""

import random
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from .. import queries, services
from ..adapters import entering, lexical
from ..adapters.terms import number
from ..models import LexicalCorpus, LexicalDocument, LexicalTerm
from ..protocols import Query
from .factories import KIND, document

pytestmark = pytest.mark.django_db

STOCKS = document(1, "Comment repérer les doublons dans un export de stocks ?", "Deux lignes par référence.")
BADGES = document(2, "Qui a accès au dépôt le week-end ?", "Les badges ne marchent plus.")
JOINS = document(3, "How do I join two tables on a date?", "The query returns rows twice.")


@pytest.fixture(autouse=True)
def _three_questions() -> None:
    services.index([STOCKS, BADGES, JOINS])


def closest(title: str, text: str = "", *, scope: int = 1, **more) -> list[int]:
    return [
        close.object_id for close in queries.closest(kind=KIND, scope=scope, title=title, text=text, **more)
    ]


def contents():
    """All that the index holds, but the keys of rows."""
    return (
        sorted(
            LexicalDocument.objects.values_list("object_id", "scope", "terms", "weights", "titles", "length")
        ),
        sorted(LexicalTerm.objects.values_list("term", "documents", "titles")),
        sorted(LexicalCorpus.objects.values_list("kind", "scope", "documents", "length")),
    )


def test_accents_and_case_do_not_count():
    assert closest("REPERER DES DOUBLONS")[0] == 1
    assert closest("accès au DÉPÔT") == closest("acces au depot") == [2]


def test_inflected_french_words_find_each_other():
    assert closest("Un doublon dans l’exportation d’un stock")[0] == 1


def test_inflected_english_words_find_each_other():
    assert closest("Joining a table with dates")[0] == 3


def test_a_text_without_a_word_in_common_finds_nothing():
    assert closest("Recette de la tarte aux pommes") == []


def test_an_empty_text_finds_nothing():
    assert closest("", "") == closest("?", "le la les") == []


def test_what_is_left_out_never_returns():
    assert 1 not in closest(STOCKS.title, STOCKS.text, leave_out=[1])


def test_another_scope_is_never_reached():
    services.index([document(9, STOCKS.title, STOCKS.text, scope=2)])
    assert closest(STOCKS.title, STOCKS.text)[0] == 1
    assert 9 not in closest(STOCKS.title, STOCKS.text)
    assert closest(STOCKS.title, STOCKS.text, scope=2) == [9]
    assert closest(STOCKS.title, STOCKS.text, scope=3) == []


def test_a_document_that_moves_leaves_its_scope():
    services.index([document(1, STOCKS.title, STOCKS.text, scope=2)])
    assert 1 not in closest(STOCKS.title)
    assert closest(STOCKS.title, scope=2) == [1]
    services.forget(KIND, [1, 2, 3])
    assert not LexicalTerm.objects.exists()


def test_another_kind_is_never_reached():
    assert queries.closest(kind="resource", scope=1, title=STOCKS.title) == []


def test_words_of_the_title_weigh_more():
    services.index(
        [document(4, "Autre chose", "Le tamis de la farine"), document(5, "Le tamis", "Autre chose")]
    )
    assert closest("tamis") == [5, 4]


def test_answers_and_themes_help_to_find():
    services.index(
        [document(4, "Ça coince", replies=("Videz le cache du navigateur.",), labels=("Messagerie",))]
    )
    assert closest("cache du navigateur") == [4]
    assert closest("Autre sujet", labels=["messagerie"]) == [4]


def test_only_a_text_of_almost_the_same_words_is_very_close():
    twin = queries.closest(kind=KIND, scope=1, title=STOCKS.title, text=STOCKS.text)[0]
    far = queries.closest(kind=KIND, scope=1, title="Un export de stocks vers la comptabilité du groupe")[0]
    assert twin.very_close
    assert far.object_id == 1
    assert not far.very_close


def test_bulk_and_one_by_one_give_the_same_index():
    random.seed(7)
    words = ["stock", "export", "doublon", "badge", "accès", "table", "date", "requête", "ligne", "référence"]
    many = [
        document(n, " ".join(random.choices(words, k=4)), " ".join(random.choices(words, k=9)))
        for n in range(40)
    ]
    services.index(many)
    in_bulk = contents()
    services.forget(KIND, range(40))
    for one in many:
        services.index([document(one.object_id, "Premier jet", "tout autre texte")])
        services.index([one])
    assert contents() == in_bulk


def test_indexing_again_changes_nothing():
    before = contents()
    services.index([STOCKS, BADGES, JOINS, STOCKS])
    assert contents() == before


def test_what_is_forgotten_leaves_no_trace():
    services.forget(KIND, [1, 2, 3])
    documents, terms, corpora = contents()
    assert documents == []
    assert terms == []
    assert corpora == [(KIND, 1, 0, 0)]


def test_no_word_is_kept_in_the_index():
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(d::text, ' ') from recommendations_lexicaldocument d")
        assert "doublon" not in cursor.fetchone()[0]


def test_a_search_takes_two_statements_however_many_documents_there_are():
    services.index([document(n, f"Doublons du dépôt {n}", "export de stocks") for n in range(10, 300)])
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert len(closest("Des doublons dans les stocks", limit=10)) == 10
    assert len(seen) == 2


def test_words_that_stand_everywhere_still_find_what_has_both():
    services.index([document(n, f"Export {n}", f"stock{n}") for n in range(1000, 2000)])
    services.index([document(n, f"Planning {n}", f"paie{n}") for n in range(2000, 3000)])
    services.index([document(5000, "Export du planning")])
    assert closest("Export planning")[0] == 5000


def test_a_title_of_words_that_thousands_of_texts_have_is_found_whatever_its_age():
    usual = "On vidange la pompe hydraulique avant le bridage."
    services.index([document(n, f"Planning {n}", usual) for n in range(1000, 2200)])
    services.index([document(5000, "Vidange d’une pompe hydraulique")])
    services.index([document(n, f"Tournée {n}", usual) for n in range(6000, 7200)])
    assert closest("Comment se fait la vidange de la pompe hydraulique ?")[0] == 5000


def test_a_single_word_that_thousands_of_texts_have_finds_the_titles_with_it():
    services.index([document(n, f"Planning {n}", "Purge de la pompe.") for n in range(1000, 1400)])
    services.index([document(5000, "La pompe")])
    assert closest("Une pompe ?") == [5000]


def test_what_is_looked_for_is_found_by_the_indexes_however_usual_the_words():
    services.index([document(n, f"Pompe {n}", "Purge du joint de la vanne.") for n in range(1000, 1400)])
    services.index([document(n, "Joint de vanne", f"stock{n}") for n in range(2000, 2020)])
    with CaptureQueriesContext(connection) as seen:
        assert closest("Joint d’une vanne")[0] >= 2000
    with connection.cursor() as cursor:
        cursor.execute("analyze recommendations_lexicaldocument; set local enable_seqscan = off")
        cursor.execute(f"explain {seen[-1]['sql']}")
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert "Bitmap Index Scan on lexical_title_terms" in plan


def a_term(word: str, found_in: int, titles: int) -> lexical.Term:
    return lexical.Term(word, number(KIND, 1, word), 1.0, found_in, titles, of_title=True)


def test_smaller_sets_come_first_and_none_that_holds_another():
    few, some, many = a_term("purge", 100, 10), a_term("joint", 2000, 10), a_term("vanne", 4000, 10)
    numbers = sorted([few.number, some.number])
    # 20 documents have the first two, 40 the first and the third, 800 the others, 8 all three.
    assert lexical.together([few, some, many], 10_000, 30) == (
        f"terms @> array[{numbers[0]}, {numbers[1]}]::bigint[]"
    )


def test_words_of_long_lists_are_looked_for_in_titles_alone():
    terms = [a_term("purge", 90_000, 900), a_term("joint", 80_000, 800)]
    assert lexical.together(terms, 100_000, 300) == "false"
    assert "terms[1:titles] @> array[" in lexical.together_in_title(terms, 100_000, 300)


def test_a_word_that_moves_into_the_title_counts_there():
    services.index([document(9, "Autre sujet", "tamis")])
    services.index([document(9, "Tamis", "autre sujet")])
    before = contents()
    services.forget(KIND, [9])
    services.index([document(9, "Tamis", "autre sujet")])
    assert contents() == before


def test_the_upgrade_counts_the_titles_that_are_there():
    migration = import_module("passeur.recommendations.migrations.0003_terms_of_titles")
    exact = contents()
    LexicalTerm.objects.update(titles=0)
    with connection.cursor() as cursor:
        cursor.execute(migration.COUNT)
    assert contents() == exact
    assert LexicalTerm.objects.filter(titles__gt=0).exists()


def test_a_new_document_enters_lists_of_titles_of_usual_words(monkeypatch):
    monkeypatch.setattr(lexical, "LONGEST", 5)
    usual = "On vidange la pompe hydraulique avant le bridage."
    services.index([document(n, f"Planning {n}", usual) for n in range(1000, 1400)])
    services.index([document(4000, "Vidange de pompe hydraulique")])
    services.keep_lists({4000: Query(KIND, 1, "Vidange de pompe hydraulique", leave_out=(4000,))})
    new = document(5000, "La vidange des pompes hydrauliques")
    services.index([new])
    monkeypatch.setattr(entering, "BUDGET", 300)
    assert entering.entered_by(new, "lexical") == [4000]
