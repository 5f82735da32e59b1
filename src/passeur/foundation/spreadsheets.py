"""Tables for spreadsheets, as CSV that opens by a double click, and in which nothing can run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse
from django.utils.translation import get_language

BOM = "\ufeff"
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""


def separator(language: str | None = None) -> str:
    """What spreadsheets in that language expect between two cells: French ones a semicolon."""
    return ";" if (language or get_language() or "fr").startswith("fr") else ","


def cell(value: object) -> str:
    """A value as the text of a cell; one that would run gets an apostrophe, which makes it text."""
    text = "" if value is None else str(value)
    return "'" + text if text.startswith(_RUNS) else text


def lines(rows: Iterable[Sequence[object]], *, between: str) -> Iterator[bytes]:
    """The file, a row at a time: UTF-8, with the mark by which spreadsheets know it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=between, lineterminator="\r\n")
    buffer.write(BOM)
    for row in rows:
        writer.writerow([cell(value) for value in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def response(name: str, rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """A file to keep, in the language of the request."""
    answer = StreamingHttpResponse(lines(rows, between=separator()), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
