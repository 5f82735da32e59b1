"""What is counted once a block of four weeks is over: who replies by team, and who did something first."""

from __future__ import annotations

from django.utils.translation import gettext as _

from passeur.algorithms.measures.estimates import Share
from passeur.engagement import queries as engagement
from passeur.engagement.queries import Replying
from passeur.foundation.charts import Cell, Drawable, Point, Unit, Whisk, Whisks, say

from . import measures
from .definitions import people
from .facts import is_of_one_block


def replying(sight: engagement.Slice) -> list[Drawable]:
    """Who replies, by team; those not told of are named once. One query."""
    found = engagement.replies_by_team(sight)
    rows = tuple(
        Whisk(team, Point(one.share), (Cell(_of(one), one.replies),))
        for team, one in found.items()
        if isinstance(one, Replying)
    )
    if not rows:
        return []
    note = _(
        "Réponses données par les membres de chaque équipe, à cinq près, sur toutes celles des blocs entiers "
        "de quatre semaines où assez de ses membres ont répondu : ces blocs changent d’une équipe à l’autre, "
        "les parts ne s’ajoutent pas. Par ordre alphabétique, jamais un classement. Pas de liste : elle "
        "dirait qui est de l’équipe."
    )
    small = ", ".join(team for team, one in found.items() if not isinstance(one, Replying))
    if small:
        note += " " + _("Ne sont pas montrées : %(teams)s.") % {"teams": small}
    return [
        Whisks(
            "repondre",
            _("Qui répond, par équipe ?"),
            _("Part des réponses que donnent les membres de chaque équipe."),
            Unit.SHARE,
            _("Équipe"),
            _("Part des réponses"),
            rows,
            (_("Réponses"),),
            note=note,
        )
    ]


def _of(one: Replying) -> str:
    """« 10 sur 15 »: of two teams told of in other blocks, the smaller share may be of more replies."""
    return _("%(n)s sur %(of)s") % {"n": say(one.replies, Unit.COUNT), "of": say(one.of, Unit.COUNT)}


def milestones(sight: engagement.Slice) -> list[Drawable]:
    """How many members did something for the first time, against the period before. Two queries."""
    now = engagement.milestones(sight)
    if not any(isinstance(figure, Share) for figure in now.values()):
        return []
    before = engagement.previous(sight)
    past = {} if is_of_one_block(sight, before) else engagement.milestones(before)
    return [
        Whisks(
            "paliers",
            _("Combien franchissent un palier ?"),
            _("Membres qui, dans la période, ont fait chaque chose pour la première fois."),
            Unit.COUNT,
            _("Palier"),
            _("Cette période"),
            tuple(
                Whisk(str(milestone.label), _point(figure), (_cell(past.get(milestone)),))
                for milestone, figure in now.items()
            ),
            (_("Période d’avant"),),
            note=str(people.MILESTONES.text),
        )
    ]


def _cell(figure: Share | engagement.Withheld | None) -> Cell:
    return Cell(say(figure.count, Unit.COUNT), figure.count) if isinstance(figure, Share) else Cell("–")


def _point(figure: Share | engagement.Withheld) -> Point:
    if isinstance(figure, Share):
        return Point(float(figure.count))
    return Point(None, words=measures.withheld_words())
