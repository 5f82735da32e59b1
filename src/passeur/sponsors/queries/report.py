"""What a sponsor reads: figures, what really changed, what was done, what comes. Nothing about a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.algorithms.measures.estimates import Estimate
from passeur.dashboards.protocols import Period, Slice, Tile
from passeur.dashboards.queries.summary import counted, summary
from passeur.desk import queries as desk
from passeur.engagement.policies import SMALLEST_FOR_MANAGERS
from passeur.foundation import dates
from passeur.foundation.charts import Lines, Unit, say
from passeur.rituals import queries as rituals

from .figures import told_before
from .months import period_of

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

LEAST = SMALLEST_FOR_MANAGERS
"""A sponsor may be the superior of some: figures are about ten people at least."""


@dataclass(frozen=True, slots=True)
class Report:
    """One month of one community. `why_none` says why nothing is told of questions, where nothing is.

    `figures` are those of the tiles, and `follows` says that they are compared with the report before.
    """

    community: Community
    month: dt.date
    period: Period
    tiles: tuple[Tile, ...]
    why_none: str
    changes: tuple[str, ...]
    done: tuple[str, ...]
    coming: tuple[str, ...]
    curve: Lines | None = None
    figures: Mapping[str, Estimate] = field(default_factory=dict)
    follows: bool = False

    @property
    def title(self) -> str:
        return _("Rapport mensuel, %(month)s %(year)s") % {
            "month": MONTHS[self.month.month], "year": self.month.year
        }  # fmt: skip

    @property
    def about(self) -> str:
        """Which weeks, and which they are compared with."""
        weeks = self.period.weeks
        if self.follows:
            return _("Du %(first)s au %(last)s, comparé au rapport d’avant, à nombre de semaines égal.") % {
                "first": _day(self.period.first), "last": _day(self.period.last)
            }  # fmt: skip
        return ngettext(
            "Du %(first)s au %(last)s, comparé à la semaine d’avant.",
            "Du %(first)s au %(last)s, comparé aux %(n)s semaines d’avant.",
            weeks,
        ) % {"first": _day(self.period.first), "last": _day(self.period.last), "n": weeks}

    @property
    def guard(self) -> str:
        """Whom the figures are about."""
        return ngettext(
            "Ces chiffres décrivent des groupes d’au moins %(n)s personne, jamais une personne.",
            "Ces chiffres décrivent des groupes d’au moins %(n)s personnes, jamais une personne.",
            LEAST,
        ) % {"n": LEAST}


def report(community: Community, month: dt.date, reader: Member) -> Report:
    """The report of a month (its first day), in the language of now, with the rights of `reader`."""
    part = Slice(reader, (community,), period_of(month), smallest=LEAST)
    told = told_before(community, month)
    figures = counted(part)
    if told is not None:
        figures = replace(figures, before=told)
    found = summary(figures)
    return Report(
        community,
        month,
        part.period,
        found.tiles,
        "" if found.has_replies else _why_none(),
        _changes(found.tiles),
        _done(community, part.period),
        _coming(community),
        found.curve,
        figures.after,
        told is not None,
    )


def _why_none() -> str:
    """One wording whether few people asked or nobody did, so that it gives nothing away."""
    return ngettext(
        "Moins de %(n)s personne a posé une question : rien n’est dit des réponses ce mois-ci.",
        "Moins de %(n)s personnes ont posé une question : rien n’est dit des réponses ce mois-ci.",
        LEAST,
    ) % {"n": say(LEAST, Unit.COUNT)}


def _changes(tiles: tuple[Tile, ...]) -> tuple[str, ...]:
    """What chance is an unlikely reason for, all figures looked at together; that nothing did is said too."""
    if not tiles:
        return ()
    compared = [(tile, tile.difference) for tile in tiles if tile.difference is not None]
    if not compared:
        return (_("Trop peu de personnes étaient là avant : rien n’est comparé."),)
    real = [
        _("%(sentence)s %(name)s : %(words)s.")
        % {"sentence": found.sentence, "name": tile.name, "words": found.words}
        for tile, found in compared
        if found.real
    ]
    rest = len(compared) - len(real)
    if not real:
        return (_("Aucun chiffre ne montre de changement qui se distingue du hasard."),)
    if rest:
        words = ngettext(
            "L’autre chiffre ne montre pas de changement qui se distingue du hasard.",
            "Les %(n)s autres chiffres ne montrent pas de changement qui se distingue du hasard.",
            rest,
        )
        real.append(words % {"n": rest})
    return tuple(real)


def _done(community: Community, period: Period) -> tuple[str, ...]:
    """What the LCM did in those weeks: gestures of the desk as a whole, and each ritual that was held."""
    gestures = desk.done_between(community, period.since, period.until)
    said = []
    if gestures:
        words = ngettext(
            "%(n)s signal de la communauté traité par qui l’anime.",
            "%(n)s signaux de la communauté traités par qui l’anime.",
            gestures,
        )
        said.append(words % {"n": say(gestures, Unit.COUNT)})
    for title, times in rituals.held_between(community, period.since, period.until):
        words = ngettext("« %(title)s » : tenu %(n)s fois.", "« %(title)s » : tenu %(n)s fois.", times)
        said.append(words % {"title": title, "n": times})
    return tuple(said)


def _coming(community: Community) -> tuple[str, ...]:
    """The next time of each ritual."""
    return tuple(
        _("« %(title)s » : %(when)s.") % {"title": plan.ritual.title, "when": plan.coming[0].words}
        for plan in rituals.plans(community)
        if plan.coming
    )


def _day(day: dt.date) -> str:
    return f"{dates.day_and_month(day)} {day.year}"
