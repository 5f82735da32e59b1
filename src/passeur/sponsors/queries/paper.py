"""The report as a paper: the same figures and words as the mail, in the same order."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from passeur.dashboards.protocols import Tile
from passeur.foundation.charts import printed
from passeur.foundation.printing import Card, Cards, Heading, Note, Paper, Part, Picture, Points, Terms, Text

from .report import Report


def paper(report: Report) -> Paper:
    """In the language of now."""
    parts: list[Part] = [Heading(_("En chiffres"))]
    if report.tiles:
        parts.append(Cards(tuple(map(_card, report.tiles))))
    if report.why_none:
        parts.append(Text(report.why_none))
    if report.changes:
        parts += [Heading(_("Ce qui a changé")), Points(report.changes)]
    parts.append(Heading(_("Ce qui a été fait")))
    parts.append(Points(report.done) if report.done else Text(_("Rien n’a été noté dans Passeur.")))
    parts.append(Heading(_("Ce qui vient")))
    parts.append(Points(report.coming) if report.coming else Text(_("Rien n’est encore prévu.")))
    if report.tiles:
        parts.append(Heading(_("Ce que ces chiffres veulent dire")))
        parts.append(
            Terms(tuple((tile.name, tile.definition) for tile in report.tiles if not tile.is_withheld))
        )
        parts.append(Note(report.guard))
    if report.curve is not None:
        picture = Picture(printed.svg(report.curve), report.curve.summary)
        parts += [Heading(report.curve.title), picture, Note(report.curve.note)]
    return Paper(
        title=report.title,
        language=get_language() or "fr",
        parts=tuple(parts),
        lead=report.about,
        eyebrow=report.community.name,
        foot=f"{report.title} – {report.community.name}",
    )


def _card(tile: Tile) -> Card:
    note = " · ".join(one for one in (tile.interval, tile.base) if one)
    found = tile.difference
    return Card(
        tile.name,
        tile.words,
        note,
        found.words if found else "",
        bool(found and found.real),
        tile.is_withheld,
    )
