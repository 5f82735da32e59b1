"""*Response*: how soon and how well questions are replied to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.algorithms.measures.survival import Survival
from passeur.engagement.queries import Counted
from passeur.foundation import dates
from passeur.foundation.charts import (
    Bars,
    Cell,
    Drawable,
    Heat,
    Lines,
    Point,
    Series,
    Unit,
    Whisk,
    Whisks,
    say,
)

from ..protocols import Board, Page, Period, Slice, register
from ..protocols.slices import DAY
from . import by_block, measures, replies
from .facts import Facts, facts, sight_of, untold
from .replies import HOUR

SHOWN_HOURS = 96
MOST_THEMES = 12
LISTS = {
    "asked": "asked",
    "first-reply": "asked",
    "within-goal": "within",
    "unanswered": "unanswered",
    "resolved": "resolved",
    "newcomers": "newcomers",
}
"""What each tile counts, of all questions that are told."""


def board(part: Slice) -> Board:
    """The page. Twenty queries at most, whatever is in it."""
    found = facts(part, most_themes=MOST_THEMES, asks=True)
    if found.now.is_empty(asks=True):
        return Board("", (), (), is_empty=True)
    now, before = asked(found)
    about = [one for one in replies.measures_of(now, before) if not (part.team and one.key == "newcomers")]
    made = measures.tiles(about)
    charts: tuple[Drawable, ...] = ()
    if not now.is_nothing:
        charts = (
            survival(now.waits, before.waits if before else None),
            _by_week(part, now, before),
            *_by_theme(found),
        )
        charts = (*charts, *by_block.replying(sight_of(part)))
        if now.hours and not part.team:
            charts = (*charts, _hours(part, now))
    return Board(measures.sentence(made, part.period.weeks), made, charts, notes=untold(now, part))


def asked(found: Facts) -> tuple[Counted, Counted | None]:
    """The questions of the period, and those of the one before where they may be compared."""
    return found.now.questions(), found.past_of(found.past.questions())


def listed(part: Slice, tile: str) -> Sequence[int] | None:
    """The questions that a tile counts: those its figure is made of."""
    if tile not in LISTS:
        return None
    ledger = facts(part, asks=True).now
    now = ledger.questions()
    is_withheld = now.is_nothing or (tile == "newcomers" and now.newcomers is None)
    return None if is_withheld else ledger.numbers(now, LISTS[tile])


register(
    Page(
        "response",
        gettext_lazy("Réponses"),
        gettext_lazy("Qui demande reçoit-il une réponse ?"),
        board,
        listed,
        gettext_lazy(
            "Aucune question n’a été posée dans cette période. Élargissez-la, ou invitez à poser la première."
        ),
        order=20,
    )
)


def survival(curve: Survival, before: Survival | None) -> Lines:
    """How many still wait after so many hours, beside those of before.

    Known every two hours, and drawn as if replies came evenly between: in steps, nobody would have had one in
    the first two hours, beside a median of less.
    """
    hours = list(range(0, SHOWN_HOURS + 1, 2))
    series = [Series(_("Cette période"), tuple(_still(curve, hour) for hour in hours))]
    if before is not None:
        points = tuple(Point(before.at(hour * HOUR).value) for hour in hours)
        series.append(Series(_("Période d’avant"), points, is_reference=True))
    at_day, later = (say(curve.at(hour * HOUR).value, Unit.SHARE) for hour in (24, 72))
    return Lines(
        "attente",
        _("Combien attendent encore, et depuis quand ?"),
        _("Part des questions sans réponse selon le temps passé : à 24 h, %(day)s ; à 72 h, %(days)s.")
        % {"day": at_day, "days": later},
        Unit.SHARE,
        _("Après"),
        tuple(_("%(n)s h") % {"n": hour} for hour in hours),
        tuple(series),
        note=_(
            "Plus la courbe descend vite, plus vite on répond. Un délai est connu à un quart d’heure près "
            "jusqu’à 4 h, à une demi-heure jusqu’à 24 h, puis à deux heures."
        ),
        every=6,
    )


def _still(curve: Survival, hour: int) -> Point:
    there = curve.at(hour * HOUR)
    if there.value is None:
        return Point(None)
    bounds = there.interval()
    return Point(there.value, bounds.low, bounds.high)


def _by_week(part: Slice, now: Counted, before: Counted | None) -> Drawable:
    series = [Series(_("Questions"), weekly(now, part.period))]
    if before is not None:
        series.append(Series(_("Période d’avant"), weekly(before, part.period.previous), is_reference=True))
    return Bars(
        "questions",
        _("Questions posées, par semaine"),
        _("Questions posées chaque semaine ; le tableau qui suit donne chaque valeur."),
        Unit.COUNT,
        _("Semaine du"),
        tuple(dates.day_in_short(monday) for monday in part.period.mondays),
        tuple(series),
        note=with_gaps(
            _("Les semaines où trop peu de personnes ont demandé sont réunies : on montre leur moyenne."),
            series,
        ),
    )


def with_gaps(note: str, series: Sequence[Series]) -> str:
    """The note of a chart of weeks, which says what a gap is where there is one: it is no zero."""
    if all(point.value is not None for one in series for point in one.points):
        return note
    return " ".join([note, _("Un vide : trop peu de personnes, même ainsi.")])


def weekly(counted: Counted, period: Period) -> tuple[Point, ...]:
    """How many were started in each week; the mean of those told together; a gap for those not told."""
    return tuple(
        Point(counted.by_week[monday])
        if monday in counted.by_week
        else Point(None, words=measures.withheld_words())
        for monday in period.mondays
    )


def _by_theme(found: Facts) -> list[Drawable]:
    counted = [(theme, found.now.of_theme(theme.pk, asks=True)) for theme in found.themes]
    whisks = tuple(
        Whisk(theme.name, _median(some.waits), (_listed(found.part, theme.slug, some.asked),))
        for theme, some in counted
        if not some.is_nothing
    )
    if not whisks:
        return []
    return [
        Whisks(
            "themes",
            _("Où répond-on vite ?"),
            _("Délai médian avant la première réponse, par thème."),
            Unit.DURATION,
            _("Thème"),
            _("Médiane"),
            whisks,
            (_("Questions"),),
            note=_(
                "Délai médian avant la première réponse, pour les thèmes les plus demandés ; le trait montre "
                "l’intervalle. Chacun se compte par blocs entiers de quatre semaines, là où assez de "
                "personnes y ont demandé, et assez d’autres ailleurs."
            ),
        )
    ]


def _median(curve: Survival) -> Point:
    median = curve.median
    bounds = median.interval()
    high = bounds.high if np.isfinite(bounds.high) else None
    return Point(median.value, bounds.low, high, _("Plus de la moitié attend"))


def _hours(part: Slice, now: Counted) -> Drawable:
    monday = part.period.first
    days = tuple(date_format(monday + n * DAY, "D") for n in range(7))
    return Heat(
        "heures",
        _("Quand demande-t-on ?"),
        _("Questions posées par jour de la semaine et par heure ; le tableau qui suit donne chaque valeur."),
        Unit.COUNT,
        _("Jour"),
        days,
        tuple(_("%(n)s h") % {"n": hour} for hour in range(24)),
        tuple(tuple(map(float, row)) for row in now.hours),
        note=_("Plus la case est foncée, plus on a posé de questions à cette heure. À cinq questions près."),
    )


def _listed(part: Slice, theme: str, count: int) -> Cell:
    return Cell(say(count, Unit.COUNT), count, part.list_of("response", "asked", theme))
