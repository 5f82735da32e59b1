"""Which texts help most, on *Content and searches*: what to show, and what to keep up first."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from passeur.algorithms.measures.estimates import Share
from passeur.conversations.queries import lists
from passeur.engagement import queries as engagement
from passeur.foundation.charts import Cell, Drawable, Point, Unit, Whisk, Whisks, say

from ..protocols import Slice
from . import bases
from .definitions import texts

MOST = 10


def charts(part: Slice, sight: engagement.Slice) -> tuple[Drawable, ...]:
    """Those with the highest lower bound, of what lasts today: of a period that ends now, and of no team.

    Three queries.
    """
    if part.team or not engagement.is_now(sight):
        return ()
    found = engagement.most_useful(sight, MOST)
    named = lists.visible(part.member).filter(pk__in=[one.number for one in found]).in_bulk()
    rows = tuple(
        _row(Share(one.useful, one.judged), str(about.title), about.pk)
        for one in found
        if (about := named.get(one.number)) is not None
    )
    return (_drawn(rows),) if rows else ()


def _row(share: Share, title: str, number: int) -> Whisk:
    bounds = share.interval()
    return Whisk(
        title,
        Point(share.value, bounds.low, bounds.high),
        (Cell(bases.plain(share), share.count),),
        href=reverse("conversations:detail", args=[number]),
    )


def _drawn(rows: tuple[Whisk, ...]) -> Drawable:
    about = texts.USEFUL
    return Whisks(
        about.key,
        _("Quels textes aident le plus ?"),
        _("Part des avis qui disent un texte utile, par texte."),
        Unit.SHARE,
        _("Texte"),
        _("Utile"),
        rows,
        (_("Avis"),),
        note=_(
            "%(definition)s À mettre en lumière, et à tenir à jour en premier. Les %(n)s premiers de tout ce "
            "qui dure aujourd’hui, par la borne basse de l’intervalle : peu d’avis ne font pas le meilleur."
        )
        % {"definition": about.text, "n": say(MOST, Unit.COUNT)},
        most=1.0,
    )
