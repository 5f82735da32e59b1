"""The guard: a figure about people leaves this room only if it tells nothing of one of them (decision 36).

A whole community is a group; so is each of its teams. A team's figure stands beside the community's and
beside those of the other teams, so `algorithms.disclosure` decides of all of them at once, for these
days. Over several communities a figure is the sum of what each of them shows: it tells nothing that they
do not.
"""

from __future__ import annotations

from dataclasses import dataclass

from passeur.algorithms.disclosure import Cell, shown
from passeur.algorithms.measures.estimates import Share

from ..choices import Withholding
from ..policies import SMALLEST


@dataclass(frozen=True, slots=True)
class Withheld:
    """A figure that is not shown, and why."""

    reason: Withholding

    @property
    def value(self) -> None:
        """None: a page that asks every figure for its value gets none."""
        return None


def guarded(cell: Cell, smallest: int = SMALLEST) -> Share | Withheld:
    """The share of a community, or why it is withheld."""
    if cell.size < smallest:
        return Withheld(Withholding.FEW_PEOPLE)
    if not cell.is_safe(smallest):
        return Withheld(Withholding.NEARLY_ALL_OR_NONE)
    return Share(cell.count, cell.size)


def guarded_teams(whole: Cell, teams: dict[str, Cell], smallest: int) -> dict[str, Share | Withheld]:
    """The share of each team of a community, whose own is `whole`."""
    in_teams = Cell(0, 0)
    for cell in teams.values():
        in_teams += cell
    rest = Cell(whole.size - in_teams.size, whole.count - in_teams.count)
    open_ones = shown(teams, rest, smallest)
    made: dict[str, Share | Withheld] = {}
    for name, cell in teams.items():
        alone = guarded(cell, smallest)
        if isinstance(alone, Share) and name not in open_ones:
            alone = Withheld(Withholding.GIVES_OTHERS_AWAY)
        made[name] = alone
    return made


def pooled(figures: list[Share | Withheld]) -> Share | Withheld:
    """Of several communities, those that are shown, added: each membership counts."""
    open_ones = [one for one in figures if isinstance(one, Share)]
    if not open_ones:
        return next((one for one in figures if isinstance(one, Withheld)), Withheld(Withholding.FEW_PEOPLE))
    return Share(sum(one.count for one in open_ones), sum(one.of for one in open_ones))
