"""How a community holds together: how many ties, how close, and whether much hangs on few. Nobody by name."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from passeur.engagement.queries import Holding, Withheld
from passeur.foundation.charts import Unit, say

from ..protocols import Tile
from . import measures
from .definitions import people

FEW = 0.1
"""Where half of the ways lead through fewer than one in ten, the page says what that means."""


def tiles(found: Holding | Withheld) -> tuple[Tile, ...]:
    """Three figures without an interval, so that none is ever called a change."""
    defined = ((people.TIES, Unit.RATIO), (people.CLOSENESS, Unit.RATIO), (people.HALF, Unit.COUNT))
    heading = _("Ce qui la fait tenir")
    if isinstance(found, Withheld):
        return tuple(replace(measures.withheld_tile(about, unit), heading=heading) for about, unit in defined)
    told = {
        "ties": (found.degree, say(found.degree, Unit.RATIO), _of_pairs(found.tied)),
        "closeness": (
            found.closeness,
            say(found.closeness, Unit.RATIO) if found.closeness else _("Presque 0"),
            _("0 : personne n’est relié ; 1 : chacun l’est à chacun"),
        ),
        "half": (
            float(found.half),
            _("%(n)s au plus") % {"n": say(found.half, Unit.COUNT)},
            _("sur %(of)s membres : la moitié des chemins passe par eux")
            % {"of": say(found.people, Unit.COUNT)},
        ),
    }
    return tuple(
        Tile.of(
            about,
            unit,
            told[about.key][1],
            value=told[about.key][0],
            base=told[about.key][2],
            why_no_list=_("Dit du réseau entier, sans liste."),
            heading=heading,
        )
        for about, unit in defined
    )


def meaning(found: Holding | Withheld) -> str:
    """What it means for who steers, in a sentence; empty where nothing stands out."""
    if isinstance(found, Withheld) or found.half >= FEW * found.people:
        return ""
    return _(
        "Beaucoup tient à peu de monde : %(n)s membres au plus, sur %(of)s, font passer la moitié des "
        "chemins ; d’autres liens feraient tenir sans eux."
    ) % {"n": say(found.half, Unit.COUNT), "of": say(found.people, Unit.COUNT)}


def _of_pairs(pairs: int) -> str:
    return _("%(n)s paires reliées, à cinq près") % {"n": say(pairs, Unit.COUNT)}
