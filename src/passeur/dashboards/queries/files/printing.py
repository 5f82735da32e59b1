"""Boards as PDF: tagged, in their language, each chart as a drawing with its table under it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from passeur.foundation import printing
from passeur.foundation.charts import Rows, printed
from passeur.foundation.printing import Heading, Note, Paper, Part, Picture, Sheet, Terms, Text

from .telling import Told


def pdf(told: Told) -> bytes:
    """The file."""
    drawn = {chart.title: chart for chart in told.charts if not isinstance(chart, Rows)}
    parts: list[Part] = [Terms(told.about)]
    for table in told.tables:
        parts.append(Heading(table.caption))
        if table.note:
            parts.append(Text(table.note))
        if table.caption in drawn:
            chart = drawn[table.caption]
            parts.append(Picture(printed.svg(chart), chart.summary))
        parts.append(Sheet(table))
    if told.definitions:
        parts += [Heading(_("Définitions")), Terms(told.definitions)]
    parts += [Note(words) for words in told.notes]
    return printing.pdf(
        Paper(told.title, told.language, tuple(parts), lead=told.sentence, foot=f"Passeur – {told.title}")
    )
