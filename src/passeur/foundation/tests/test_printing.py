"""A paper read back: who listens to it hears the same, in the same order, as who looks at it."""

import io
from typing import Any

import pypdf
import pytest
from django.utils import translation

from passeur.foundation import printing
from passeur.foundation.charts import (
    Bars,
    Cell,
    Heat,
    Lines,
    Point,
    Series,
    Table,
    Unit,
    Web,
    Whisk,
    Whisks,
    printed,
)
from passeur.foundation.printing import Card, Cards, Heading, Note, Paper, Picture, Points, Sheet, Terms, Text

WEEKS = ("2 nov.", "9 nov.", "16 nov.")


def series(*values):
    return Series("Ce mois", tuple(Point(value, value / 2, value) for value in values))


CHARTS: dict[str, Any] = {
    "lines": Lines("k", "T", "Monte de 1 à 4", Unit.COUNT, "Semaine", WEEKS, (series(1, 2, 4),), goal=3),
    "bars": Bars("k", "T", "Monte de 1 à 4", Unit.COUNT, "Semaine", WEEKS, (series(1, 2, 4),)),
    "heat": Heat("k", "T", "Plein le mardi", Unit.COUNT, "Jour", ("lun.", "mar."), ("0 h", "1 h"),
                 ((1.0, None), (2.0, 0.0))),
    "whisks": Whisks("k", "T", "Sécurité devant", Unit.SHARE, "Thème", "Part",
                     (Whisk("Sécurité", Point(0.5, 0.4, 0.6)), Whisk("Qualité", Point(None))), goal=0.3),
    "web": Web("k", "T", "Achats et Caisse", "Équipe", ("Achats", "Caisse"), ((5.0, 10.0), (10.0, 0.0))),
}  # fmt: skip


def paper(language="fr", *parts):
    return Paper("Rapport : prêt ?", language, parts or (Text("Rien"),), lead="Tout va.", foot="Passeur")


def read(made):
    return pypdf.PdfReader(io.BytesIO(printing.pdf(made)))


def tags(node, kind):
    """The elements of that kind in a structure tree, in order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [found for one in node for found in tags(one, kind)]
    if not isinstance(node, dict):
        return []
    own = [node] if node.get("/S") == kind else []
    return own + (tags(node["/K"], kind) if "/K" in node else [])


def tree(document):
    return document.trailer["/Root"]["/StructTreeRoot"]["/K"]


def test_it_says_its_language_its_title_and_that_it_is_accessible():
    for language, title in (("fr", "Rapport\u00a0: prêt\u202f?"), ("en", "Rapport : prêt ?")):
        document = read(paper(language))
        root = document.trailer["/Root"]
        assert root["/Lang"] == language
        assert root["/MarkInfo"]["/Marked"]
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert document.metadata.title == title
        assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


def test_headings_lists_tables_and_pictures_are_tagged():
    table = Table("T", ("Semaine", "Questions"), ((Cell("2 nov."), Cell("4", 4.0)),))
    picture = Picture(printed.svg(CHARTS["bars"]), "Des barres")
    document = read(paper("fr", Heading("Chiffres"), Points(("un", "deux")), Sheet(table), picture))
    assert [len(tags(tree(document), kind)) for kind in ("/H1", "/H2", "/LI", "/Table", "/TH", "/TD")] == [
        1, 1, 2, 1, 2, 2
    ]  # fmt: skip
    assert [one["/Alt"] for one in tags(tree(document), "/Figure")] == ["Des barres"]


def test_a_cell_of_a_few_words_stands_in_one_line_beside_sentences():
    head = ("Chiffre", "Valeur", "Au moins", "Au plus", "Compté", "Écart avec la période d’avant")
    words = ("Messages et réactions", "91 %", "85 %", "95 %", "400 sur 438 membres, en additionnant 3 blocs",
             "+17 points (de 9 à 26)")  # fmt: skip
    table = Table("T", head, (tuple(Cell(one) for one in words),))
    lines = read(paper("fr", Sheet(table))).pages[0].extract_text().replace("\xa0", " ").splitlines()
    assert any(words[0] in line for line in lines)
    assert any(words[5] in line for line in lines)


def test_what_is_read_comes_in_the_order_in_which_it_was_said():
    parts = (
        Heading("Premier"), Text("Deuxième"), Cards((Card("Troisième", "4 %", "cinq", "six"),)),
        Points(("Septième",)), Terms((("Huitième", "neuvième"),)), Note("Dixième"),
    )  # fmt: skip
    words = read(paper("fr", *parts)).pages[0].extract_text()
    said = ["Tout va.", "Premier", "Deuxième", "Troisième", "cinq", "six", "Septième", "Huitième", "Dixième"]
    places = [words.index(one) for one in said]
    assert places == sorted(places)


def test_nothing_that_somebody_typed_is_a_command():
    words = '#import(1) *gras* $x$ = titre \\ "fin" ] ) <b>'
    assert words in read(paper("en", Text(words))).pages[0].extract_text()


def test_it_is_set_in_our_fonts_and_no_other_also_for_names_from_elsewhere():
    document = read(paper("fr", Heading("Łódź"), Text("Paweł")))
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2].rstrip()
        for font in document.pages[0]["/Resources"]["/Font"].values()
    }
    assert {"Figtree-Regular", "FigtreeExt-Regular", "Literata-SemiBold"} <= fonts


def test_letters_that_no_font_draws_do_not_keep_a_paper_from_being_made():
    words = read(paper("fr", Text("Ηλέκτρα, Київ 東京 🎉 fin"))).pages[0].extract_text()
    assert "fin" in words
    assert "?" in words


def test_each_page_has_its_number():
    document = read(paper("fr", *[Text(f"Ligne {n}") for n in range(120)]))
    assert len(document.pages) > 1
    for number, page in enumerate(document.pages, start=1):
        assert f"{number} / {len(document.pages)}" in page.extract_text()


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_drawn_with_its_words_and_without_a_style_sheet(name):
    with translation.override("fr"):
        svg = printed.svg(CHARTS[name])
    assert "class=" not in svg
    assert "style=" not in svg
    words = {"whisks": "Sécurité", "heat": "lun.", "web": "Achats"}
    assert words.get(name, "2\u00a0nov.") in svg
    assert printing.pdf(paper("fr", Picture(svg, CHARTS[name].summary)))


def test_words_of_a_chart_are_no_markup():
    chart = Whisks("k", "T", "S", Unit.SHARE, "Thème", "Part", (Whisk("<script>&", Point(0.5)),))
    assert "&lt;script&gt;&amp;" in printed.svg(chart)


@pytest.mark.parametrize("lines", range(30, 42))
def test_a_heading_and_what_is_said_of_a_picture_stay_on_its_page(lines):
    """Wherever the page ends: with the picture, or both on the next one."""
    before = [Text(f"Ligne {n}") for n in range(lines)]
    picture = Picture(printed.svg(CHARTS["bars"]), "Des barres")
    document = read(paper("fr", *before, Heading("Titre du dessin"), Text("Comment le lire"), picture))
    (drawn,) = [
        number
        for number, page in enumerate(document.pages)
        if any(one.get("/Pg") == page.indirect_reference for one in tags(tree(document), "/Figure"))
    ]
    words = document.pages[drawn].extract_text()
    assert "Titre du dessin" in words
    assert "Comment le lire" in words
