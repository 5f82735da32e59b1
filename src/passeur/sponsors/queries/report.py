"""What a sponsor reads: figures, what really changed, what was done, what comes. Nothing about a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.conversations.queries.asked import Started
from passeur.dashboards.protocols import Board, Period, Slice, Tile
from passeur.dashboards.queries import response
from passeur.dashboards.queries.facts import Facts, facts
from passeur.dashboards.queries.measures import withheld_words
from passeur.desk import queries as desk
from passeur.engagement.policies import SMALLEST_FOR_MANAGERS
from passeur.foundation import dates
from passeur.foundation.charts import Lines, Unit, say
from passeur.rituals import queries as rituals

from .months import period_of

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

LEAST = SMALLEST_FOR_MANAGERS
"""A sponsor may be the superior of some: figures are about ten people at least."""
CURVE = "attente"


@dataclass(frozen=True, slots=True)
class Report:
    """One month of one community. Without figures `tiles` is empty and `why_none` says why."""

    community: Community
    month: dt.date
    period: Period
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
        """Which weeks, and which they are compared with."""
        weeks = self.period.weeks
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
    part = Slice(reader, (community,), period_of(month))
    now, before = facts(part).questions(), facts(part.previous).questions()
    has_figures, has_past = people(now.rows) >= LEAST, people(before.rows) >= LEAST
    board = response.board(part) if has_figures else None
    tiles = _guarded(board.tiles, now, before, has_past=has_past) if board else ()
    return Report(
        community,
        month,
        part.period,
        tiles,
        "" if tiles else _why_none(),
        _changes(tiles),
        _done(community, part.period),
        _coming(community),
        _curve(board, has_past=has_past) if board else None,
    )


def people(rows: Iterable[Started]) -> int:
    """How many people started these."""
    return len({row.author for row in rows})


def _guarded(tiles: tuple[Tile, ...], now: Facts, before: Facts, *, has_past: bool) -> tuple[Tile, ...]:
    """The tiles of the dashboard under the guard of a sponsor, which asks for more people."""
    newcomers = people(now.only(lambda row: row.is_first).rows)
    newcomers_before = people(before.only(lambda row: row.is_first).rows)
    made = []
    for tile in tiles:
        is_of_newcomers = tile.key == "newcomers"
        if is_of_newcomers and newcomers < LEAST:
            made.append(_without(tile))
        elif not has_past or (is_of_newcomers and newcomers_before < LEAST):
            made.append(replace(tile, difference=None))
        else:
            made.append(tile)
    return tuple(made)


def _without(tile: Tile) -> Tile:
    return replace(
        tile, words=withheld_words(), value=None, bounds=(None, None), base="", difference=None,
        is_withheld=True, why_no_list="",
    )  # fmt: skip


def _why_none() -> str:
    """One wording whether few people asked or nobody did, so that it gives nothing away."""
    return ngettext(
        "Moins de %(n)s personne a posé une question : il n’y a pas de chiffres ce mois-ci.",
        "Moins de %(n)s personnes ont posé une question : il n’y a pas de chiffres ce mois-ci.",
        LEAST,
    ) % {"n": say(LEAST, Unit.COUNT)}


def _changes(tiles: tuple[Tile, ...]) -> tuple[str, ...]:
    """What chance is an unlikely reason for, all figures looked at together; that nothing did is said too."""
    if not tiles:
        return ()
    compared = [(tile, tile.difference) for tile in tiles if tile.difference is not None]
    if not compared:
        return (_("Trop peu de personnes ont posé une question avant : rien n’est comparé."),)
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


def _curve(board: Board, *, has_past: bool) -> Lines | None:
    found = next((one for one in board.charts if isinstance(one, Lines) and one.key == CURVE), None)
    if found is None or has_past:
        return found
    return replace(found, series=tuple(one for one in found.series if not one.is_reference))


def _day(day: dt.date) -> str:
    return f"{dates.day_and_month(day)} {day.year}"
