"""Files say what the page says, and nothing in them can run."""

import html
import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from django.urls import reverse
from django.utils import translation

from passeur.conversations.tests.told import together
from passeur.foundation import spreadsheets
from passeur.foundation.charts import Cell, Table, Unit, as_said, say

from ..protocols import Slice, pages
from ..queries import files, response
from ..queries.files import telling
from .stories import asked, inside, last_weeks, place

pytestmark = pytest.mark.django_db


def told(people=6, **fields):
    community, manager, members = place(people, **fields)
    with together():
        for member in members:
            asked(community, member, inside(last_weeks()), replied_after=1)
    part = Slice(manager, (community,), last_weeks())
    page = next(one for one in pages() if one.slug == "response")
    return files.told(page, part, response.board(part))


def inside_of(workbook):
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def test_a_workbook_holds_the_figures_as_numbers():
    parts = inside_of(files.workbook(told()))
    assert '<c r="B7"><v>6</v></c>' in parts["xl/worksheets/sheet2.xml"]


def test_a_workbook_has_shares_in_per_cent_and_times_in_hours():
    """Else a reader gets 0.84, and a wait of an hour and a half as 5400."""
    report = told()
    parts = inside_of(files.workbook(report))
    figures, styles = parts["xl/worksheets/sheet2.xml"], parts["xl/styles.xml"]
    named = dict(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/>', styles))
    looks = re.findall(r'<xf numFmtId="(\d+)"', styles.split("<cellXfs")[1])
    ((look, value),) = re.findall(r'<c r="B2" s="(\d+)"><v>([^<]+)</v>', figures)
    assert say(24 * 3600 * float(value), Unit.DURATION) == report.tables[0].rows[0][1].text
    assert named[looks[int(look)]] == "[h]&quot; h &quot;mm"
    ((look, value),) = re.findall(r'<c r="B3" s="(\d+)"><v>([^<]+)</v>', figures)
    assert (float(value), named[looks[int(look)]]) == (1.0, "0%")


@pytest.mark.parametrize("dangerous", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_can_run(dangerous):
    bad = Table("=cmd()", (dangerous,), ((Cell(dangerous),),))
    report = replace(told(), title=dangerous, tables=(bad,))
    parts = inside_of(files.workbook(report))
    assert not any("<f>" in part for part in parts.values())
    cells = b"".join(spreadsheets.lines(files.lines(report), between=";")).decode()
    assert f"\n{dangerous}\r" not in cells


def test_a_pdf_is_tagged_has_its_language_and_says_the_figures():
    with translation.override("fr"):
        made = files.pdf(told(name="Qualité #import(1) [x] $y$"))
    document = pypdf.PdfReader(io.BytesIO(made))
    root: Any = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in made
    words = " ".join(page.extract_text() for page in document.pages)
    assert "Première réponse" in words
    assert "Qualité #import(1) [x] $y$" in words.replace("\n", " ")
    assert document.metadata
    assert document.metadata.title == "Qui demande reçoit-il une réponse\u202f?"


def tags(node, found):
    """The kinds of a structure tree."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for one in node:
            tags(one, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.add(node["/S"])
        if "/K" in node:
            tags(node["/K"], found)
    return found


def test_a_pdf_has_headings_tables_and_cells_for_who_listens():
    document = pypdf.PdfReader(io.BytesIO(files.pdf(told())))
    root: Any = document.trailer["/Root"]
    kinds = tags(root["/StructTreeRoot"]["/K"], set())
    assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= kinds


def test_what_is_withheld_on_the_page_is_in_no_file():
    report = told(people=4)
    assert "Groupe trop petit" in {cell.text for table in report.tables for row in table.rows for cell in row}
    assert not any(cell.value is not None for table in report.tables for row in table.rows for cell in row)


def flat(words):
    """Without spaces and apostrophes, which lines of a page break and typography changes."""
    return "".join(html.unescape(words).replace("’", "'").split())


def as_html(client, slug):
    """The page without its markup, and the board behind it."""
    page = client.get(reverse("dashboards:page", args=[slug]))
    return flat(re.sub("<[^>]*>", " ", page.content.decode())), page.context["board"]


def as_file(client, slug, form):
    """All words of a file of the page."""
    answer = client.get(reverse("dashboards:file", args=[slug, form]))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if form == "pdf":
        return flat(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages))
    if form == "xlsx":
        shared = inside_of(content)["xl/sharedStrings.xml"]
        return flat(re.sub("<[^>]*>", " ", shared))
    return flat(content.decode())


@pytest.mark.parametrize("slug", [page.slug for page in pages()])
def test_page_and_files_say_the_same_figures(client, slug):
    """On every page: what a tile says is on the page and in each file, and each chart in each file."""
    community, manager, members = place(7)
    with together():
        for week in range(3):
            for member in members:
                asked(community, member, inside(last_weeks(), week=week), replied_after=1)
    client.force_login(manager)
    html_words, board = as_html(client, slug)
    made = {form: as_file(client, slug, form) for form in ("csv", "xlsx", "pdf")}
    assert board.tiles or board.is_empty or board.charts
    for tile in board.tiles:
        difference = tile.difference.words if tile.difference else ""
        assert flat(tile.words) in html_words
        assert flat(difference) in html_words
        for form, words in made.items():
            assert flat(tile.name) in words, form
            assert flat(difference) in words, form
            if form != "xlsx" or tile.value is None:  # there, figures are numbers
                assert flat(tile.words) in words, form
    for words in (*board.notes, *(chart.note for chart in board.charts)):
        assert flat(words) in html_words
        for form, said in made.items():
            assert flat(words) in said, form
    for chart in board.charts:
        for row in chart.table.rows:
            for cell in row:
                for form, words in made.items():
                    if form != "xlsx" or cell.value is None:
                        assert flat(cell.text) in words, form


def test_a_pdf_draws_the_charts_of_its_page_and_says_what_they_show():
    report = told()
    document = pypdf.PdfReader(io.BytesIO(files.pdf(report)))
    root: Any = document.trailer["/Root"]
    assert report.charts
    assert alternatives(root["/StructTreeRoot"]["/K"]) == [flat(chart.summary) for chart in report.charts]


def alternatives(node):
    """What is said of each picture, in order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [found for one in node for found in alternatives(one)]
    if not isinstance(node, dict):
        return []
    own = [flat(node["/Alt"])] if node.get("/S") == "/Figure" else []
    return own + (alternatives(node["/K"]) if "/K" in node else [])


def is_as_fine_as_said(cell):
    """Whether a number in a workbook tells no more than the words that the page has for it."""
    return cell.value is None or any(cell.value == as_said(cell.value, unit) for unit in Unit)


@pytest.mark.parametrize("slug", [page.slug for page in pages()])
def test_no_number_in_a_file_is_finer_than_its_words(slug):
    """A share with all its digits, or the bounds of a mean, would tell what they are worked out from."""
    page = next(one for one in pages() if one.slug == slug)
    for table in made_of(page).tables:
        for row in (table.sheet or table).rows:
            assert all(map(is_as_fine_as_said, row)), (table.caption, row)


def made_of(page):
    """A page of seven people who ask three times each, some of whom get a reply."""
    community, manager, members = place(7)
    for week in range(3):
        for number, member in enumerate(members):
            asked(
                community, member, inside(last_weeks(), week=week, hours=34 + number),
                replied_after=1.37 * number + 0.1 if number < 5 else None,
            )  # fmt: skip
    part = Slice(manager, (community,), last_weeks())
    return files.told(page, part, page.board(part))


def test_numbers_with_all_their_digits_would_be_finer(monkeypatch):
    monkeypatch.setattr(telling, "as_said", lambda value, unit, **_: value)
    page = next(one for one in pages() if one.slug == "response")
    rows = [row for table in made_of(page).tables for row in table.rows]
    assert not all(is_as_fine_as_said(cell) for row in rows for cell in row)
