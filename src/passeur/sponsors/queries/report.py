"""What a sponsor reads: figures, what really changed, what was done, what comes. Nothing about a person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.dashboards.protocols import Period, Tile
from passeur.dashboards.queries.summary import summary
from passeur.foundation import dates
from passeur.foundation.charts import Lines, Unit, say
from passeur.rituals import queries as rituals

from .counting import LEAST, Month, month_of
from .months import period_of

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


@dataclass(frozen=True, slots=True)
class Report:
    """One month of one community. `why_none` says why nothing is told of questions, where nothing is."""

    community: Community
    month: dt.date
    period: Period
    told: Month
    tiles: tuple[Tile, ...]
    why_none: str
    changes: tuple[str, ...]
    done: tuple[str, ...]
    coming: tuple[str, ...]
    curve: Lines | None = None

    @property
    def title(self) -> str:
        return _("Rapport mensuel, %(month)s %(year)s") % {
            "month": MONTHS[self.month.month], "year": self.month.year
        }  # fmt: skip

    @property
    def about(self) -> str:
        """Which weeks, which they are compared with, and when they were counted."""
        return " ".join(filter(None, [self._weeks, self._counted]))

    @property
    def _weeks(self) -> str:
        weeks = self.period.weeks
        days = {"first": _day(self.period.first), "last": _day(self.period.last)}
        if self.told.follows:
            return (
                _("Du %(first)s au %(last)s, comparé au rapport d’avant, à nombre de semaines égal.") % days
            )
        if not self.told.is_compared:
            return _("Du %(first)s au %(last)s.") % days
        return ngettext(
            "Du %(first)s au %(last)s, comparé à la semaine d’avant.",
            "Du %(first)s au %(last)s, comparé aux %(n)s semaines d’avant.",
            weeks,
        ) % {**days, "n": weeks}

    @property
    def _counted(self) -> str:
        day = self.told.counted_on
        return "" if day is None else _("Chiffres comptés le %(day)s.") % {"day": _day(day)}

    @property
    def guard(self) -> str:
        """Whom the figures are about."""
        return ngettext(
            "Ces chiffres décrivent des groupes d’au moins %(n)s personne, jamais une personne.",
            "Ces chiffres décrivent des groupes d’au moins %(n)s personnes, jamais une personne.",
            LEAST,
        ) % {"n": LEAST}


def report(community: Community, month: dt.date, reader: Member) -> Report:
    """The report of a month (its first day), in the language of now: as it was told, or else as `reader` may
    count it now.
    """
    told = month_of(community, month, reader)
    found, period = summary(told.figures), period_of(month)
    return Report(
        community,
        month,
        period,
        told,
        found.tiles,
        "" if found.has_replies else _why_none(),
        _changes(found.tiles) if told.is_compared else (),
        _done(community, period, told.gestures),
        _coming(community),
        found.curve,
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


def _done(community: Community, period: Period, gestures: int | None) -> tuple[str, ...]:
    """What the LCM did in those weeks: gestures of the desk as a whole, and each ritual that was held.

    Gestures are those that were told: of somebody who is erased, how many were about them would be the
    difference. Rituals are of nobody, and their titles follow what stands there.
    """
    said = []
    if gestures is None:
        said.append(_("Le nombre de signaux traités n’a pas été gardé."))
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
