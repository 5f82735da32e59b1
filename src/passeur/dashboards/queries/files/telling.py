"""What a file says: title, scope, sentence, figures, the table of each chart, and how to read them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from passeur.foundation.charts import Cell, Drawable, Table, as_said, say

from ...protocols import Board, Idea, Page, Slice, Tile


@dataclass(frozen=True, slots=True)
class Told:
    """`about` is a pair of words a line; `definitions` a name and what it means.

    Where one of `charts` has the title of one of the `tables`, the table is of what it draws.
    """

    title: str
    language: str
    sentence: str
    about: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    definitions: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    """How to read all of it, and what it says of people at the end."""
    charts: tuple[Drawable, ...] = ()


def told(page: Page, part: Slice, board: Board) -> Told:
    """In the language of now."""
    return Told(
        title=str(page.title),
        language=get_language() or "fr",
        sentence=board.sentence or str(page.empty),
        about=_about(part),
        tables=(
            figures(board.tiles),
            *_to_try(board.ideas),
            *(replace(chart.table, note=chart.note) for chart in board.charts),
        ),
        definitions=tuple((tile.name, tile.definition) for tile in board.tiles),
        notes=(
            *board.notes,
            part.guard,
        ),
        charts=board.charts,
    )


def _about(part: Slice) -> tuple[tuple[str, str], ...]:
    period = part.period
    found = [
        (_("Communautés"), ", ".join(community.name for community in part.communities)),
        (_("Période"), str(period)),
        (_("Comparée à"), str(period.previous)),
    ]
    if part.theme is not None:
        found.append((_("Thème"), part.theme.name))
    if part.team:
        found.append((_("Équipe"), part.team))
    return tuple(found)


def figures(tiles: tuple[Tile, ...]) -> Table:
    """The key figures as a table; what is withheld says so and nothing else."""
    head = (
        _("Chiffre"), _("Valeur"), _("Au moins"), _("Au plus"), _("Compté"),
        _("Écart avec la période d’avant"),
    )  # fmt: skip
    rows = []
    for tile in tiles:
        rows.append(
            (
                Cell(tile.name),
                Cell(tile.words, as_said(tile.value, tile.unit), unit=tile.unit),
                *(_bound(bound, tile) for bound in tile.bounds),
                Cell(tile.base),
                Cell(tile.difference.words if tile.difference else ""),
            )
        )
    return Table(_("Chiffres clés"), head, tuple(rows))


def _to_try(ideas: tuple[Idea, ...]) -> list[Table]:
    rows = tuple((Cell(idea.title), Cell(idea.reason)) for idea in ideas)
    return [Table(_("À essayer"), (_("Essai"), _("Pourquoi")), rows)] if rows else []


def _bound(value: float | None, tile: Tile) -> Cell:
    if value is None:
        return Cell("")
    words = say(value, tile.unit, beside=tile.value)
    return Cell(words, as_said(value, tile.unit, beside=tile.value), unit=tile.unit)
