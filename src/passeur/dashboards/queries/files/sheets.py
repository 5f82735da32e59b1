"""Boards for spreadsheets. Nothing in a cell can run: text is text, whatever it begins with.

A figure is a number in the measure that people read: a share in per cent, a time in hours and minutes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format

from passeur.foundation.charts import Cell, Table, Unit

from .telling import Told

WIDEST = 60
_FORMATS = {Unit.SHARE: "0%", Unit.DURATION: '[h]" h "mm'}
_DAY = 86400.0
"""Spreadsheets count times in days."""
_SHEET_NAME = str.maketrans("", "", "[]:*?/\\'")


def lines(told: Told) -> Iterator[Sequence[object]]:
    """The rows of a CSV file: tables one under the other, an empty row between."""
    yield [told.title]
    yield [told.sentence]
    for name, words in told.about:
        yield [name, words]
    for table in told.tables:
        yield []
        yield [table.caption]
        if table.note:
            yield [table.note]
        as_numbers = table.sheet or table
        yield as_numbers.head
        for row in as_numbers.rows:
            yield [cell.text for cell in row]
    yield []
    for name, words in told.definitions:
        yield [name, words]
    for words in told.notes:
        yield [words]


def workbook(told: Told) -> bytes:
    """An XLSX file: what it is about on the first sheet, then a sheet for each table; figures are numbers."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": told.title, "comments": told.sentence})
    measures = {unit: book.add_format({"num_format": shape}) for unit, shape in _FORMATS.items()}
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    front = book.add_worksheet(_sheet_name(_("À lire"), 0))
    front.set_column(0, 0, 28)
    front.set_column(1, 1, 90)
    notes = [(table.caption, table.note) for table in told.tables if table.note]
    rows = [(told.title, told.sentence), *told.about, *notes, *told.definitions]
    rows += [("", words) for words in told.notes]
    for place, (name, words) in enumerate(rows):
        front.write_string(place, 0, name, bold)
        front.write_string(place, 1, words, wrapped)
    for number, table in enumerate(told.tables, start=1):
        _sheet(book, table.sheet or table, number, bold, measures)
    book.close()
    return file.getvalue()


def _sheet(
    book: xlsxwriter.Workbook, table: Table, number: int, bold: Format, measures: Mapping[Unit, Format]
) -> None:
    sheet = book.add_worksheet(_sheet_name(table.caption, number))
    sheet.freeze_panes(1, 1)
    for column, name in enumerate(table.head):
        sheet.write_string(0, column, name, bold)
        widest = max([len(name), *(len(row[column].text) for row in table.rows)])
        sheet.set_column(column, column, min(widest + 2, WIDEST))
    for place, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            _write(sheet, place, column, cell, measures.get(cell.unit))


def _write(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, measure: Format | None
) -> None:
    if cell.value is None:
        sheet.write_string(row, column, cell.text)
    else:
        value = cell.value / _DAY if cell.unit is Unit.DURATION else cell.value
        sheet.write_number(row, column, value, measure)


def _sheet_name(words: str, number: int) -> str:
    """A name that a workbook takes: 31 characters, some of them forbidden, each name once."""
    return f"{number} {words.translate(_SHEET_NAME)}"[:31].strip()
