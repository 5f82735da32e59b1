"""*Response*: how soon and how well questions are replied to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from passeur.algorithms.measures.survival import Survival
from passeur.conversations.choices import State
from passeur.conversations.queries.asked import Started
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

from ..protocols import Board, Page, Slice, register
from ..protocols.slices import DAY
from . import measures
from .facts import Facts, by_theme, facts, keys, rate
from .measures import Measure

HOUR = 3600.0
SHOWN_HOURS = 96
MOST_THEMES = 12
ENOUGH_FOR_HOURS = 50
"""Questions from which on a grid of 168 hours says something."""


def board(part: Slice) -> Board:
    """The page. Four queries, whatever is in it."""
    now, before = facts(part).questions(), facts(part.previous).questions()
    if not now.rows:
        return Board("", (), (), is_empty=True)
    made = measures.tiles(measures_of(now, before))
    charts: tuple[Drawable, ...] = ()
    if not now.is_small:
        charts = (_survival(now, before), _by_week(now, before), *_by_theme(part, now))
        if len(now.rows) >= ENOUGH_FOR_HOURS:
            charts = (*charts, _hours(now))
    return Board(measures.sentence(made, part.period.weeks), made, charts)


def listed(part: Slice, tile: str) -> Sequence[int] | None:
    """The questions that a tile counts: those its figure is made of."""
    now = facts(part).questions()
    tests = {
        "asked": lambda row: True,
        "first-reply": lambda row: True,
        "within-goal": now.within_goal,
        "unanswered": now.unanswered,
        "resolved": lambda row: row.state == State.RESOLVED,
        "newcomers": lambda row: row.is_first and now.within_goal(row),
    }
    if tile not in tests:
        return None
    counted = now.only(lambda row: row.is_first) if tile == "newcomers" else now
    return None if counted.is_small else keys(counted.only(tests[tile]).rows)


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


def measures_of(now: Facts, before: Facts) -> list[Measure]:
    """The figures of questions; those of too few people are withheld."""
    waits, earlier = now.waits(), before.waits()
    outcomes, past = now.outcomes(), before.outcomes()
    first, first_before = now.only(lambda row: row.is_first), before.only(lambda row: row.is_first)
    count, count_before = rate(now, before)
    has_past = not before.is_small
    late = [waits.at(24 * HOUR).value, waits.at(72 * HOUR).value]
    answered = sum(row.first_reply_at is not None for row in now.rows)
    goal = now.goal()
    greeted = first.goal()
    made = [
        Measure(
            "first-reply",
            _("Première réponse"),
            _(
                "Temps médian jusqu’à la première réponse d’une autre personne (Kaplan-Meier : les questions "
                "encore ouvertes comptent). À 24 h, %(day)s attendent encore ; à 72 h, %(days)s."
            )
            % {"day": say(late[0], Unit.SHARE), "days": say(late[1], Unit.SHARE)},
            Unit.DURATION,
            waits.median,
            earlier.median if has_past else None,
            ngettext(
                "médiane · %(n)s question sur %(of)s a sa réponse",
                "médiane · %(n)s questions sur %(of)s ont leur réponse",
                answered,
            )
            % {"n": say(answered, Unit.COUNT), "of": say(len(now.rows), Unit.COUNT)},
            _("On répond moins vite."),
            _("On répond plus vite."),
            more_is_better=False,
            missing=_("Plus de la moitié attend"),
        ),
        Measure(
            "within-goal",
            _("Dans l’objectif"),
            _(
                "Questions ayant reçu une première réponse dans l’objectif de leur communauté, parmi celles "
                "posées depuis au moins ce temps. L’horloge s’arrête pendant les heures calmes."
            ),
            Unit.SHARE,
            goal,
            before.goal() if has_past else None,
            measures.out_of(goal),
            _("Plus de questions ont leur réponse dans l’objectif."),
            _("Moins de questions ont leur réponse dans l’objectif."),
        ),
        Measure(
            "resolved",
            _("Questions résolues"),
            _("Questions dont une réponse est acceptée, ou closes comme résolues, sur toutes celles posées."),
            Unit.SHARE,
            outcomes.resolved,
            past.resolved if has_past else None,
            measures.out_of(outcomes.resolved),
            _("Une plus grande part des questions est résolue."),
            _("Une moins grande part des questions est résolue."),
        ),
        Measure(
            "unanswered",
            _("Sans réponse"),
            _("Questions ouvertes à qui personne n’a répondu, l’objectif de leur communauté étant passé."),
            Unit.SHARE,
            outcomes.unanswered,
            past.unanswered if has_past else None,
            measures.out_of(outcomes.unanswered),
            _("Plus de questions restent sans réponse."),
            _("Moins de questions restent sans réponse."),
            more_is_better=False,
        ),
        Measure(
            "newcomers",
            _("Nouveaux accueillis"),
            _("Premières questions de leur auteur dans la communauté, avec une réponse dans l’objectif."),
            Unit.SHARE,
            greeted,
            None if first_before.is_small else first_before.goal(),
            measures.out_of(greeted),
            _("Plus de nouveaux reçoivent vite une réponse."),
            _("Moins de nouveaux reçoivent vite une réponse."),
        ),
        Measure(
            "asked",
            _("Questions posées"),
            _("Questions posées dans la période. Les comptes techniques et qui anime n’y sont pas."),
            Unit.COUNT,
            count,
            count_before if has_past else None,
            "",
            _("On pose plus de questions."),
            _("On pose moins de questions."),
            factor=now.part.period.weeks,
        ),
    ]
    hidden = {"newcomers"} if first.is_small else set()
    if now.is_small:
        hidden = {one.key for one in made}
    return [measures.withheld(one) if one.key in hidden else one for one in made]


def _survival(now: Facts, before: Facts) -> Drawable:
    hours = list(range(0, SHOWN_HOURS + 1, 2))
    curve = now.waits()
    series = [Series(_("Cette période"), tuple(_still(curve, hour) for hour in hours))]
    if not before.is_small:
        past = before.waits()
        points = tuple(Point(past.at(hour * HOUR).value) for hour in hours)
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
        note=_("Plus la courbe descend vite, plus vite on répond."),
        every=6,
        steps=True,
    )


def _still(curve: Survival, hour: int) -> Point:
    there = curve.at(hour * HOUR)
    if there.value is None:
        return Point(None)
    bounds = there.interval()
    return Point(there.value, bounds.low, bounds.high)


def _by_week(now: Facts, before: Facts) -> Drawable:
    places = tuple(dates.day_in_short(monday) for monday in now.part.period.mondays)
    series = [Series(_("Questions"), tuple(_count(rows) for rows in now.weeks()))]
    if not before.is_small:
        points = tuple(_count(rows) for rows in before.weeks())
        series.append(Series(_("Période d’avant"), points, is_reference=True))
    return Bars(
        "questions",
        _("Questions posées, par semaine"),
        _("Questions posées chaque semaine ; le tableau qui suit donne chaque valeur."),
        Unit.COUNT,
        _("Semaine du"),
        places,
        tuple(series),
    )


def _count(rows: Sequence[Started]) -> Point:
    return Point(float(len(rows)))


def _by_theme(part: Slice, now: Facts) -> list[Drawable]:
    shown = [(theme, some) for theme, some in by_theme(now) if not some.is_small][:MOST_THEMES]
    if not shown:
        return []
    whisks = tuple(
        Whisk(theme.name, _median(some.waits()), (_listed(part, theme.slug, len(some.rows)),))
        for theme, some in shown
    )
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
                "l’intervalle. Les thèmes de moins de cinq personnes ne sont pas montrés."
            ),
        )
    ]


def _median(curve: Survival) -> Point:
    median = curve.median
    bounds = median.interval()
    high = bounds.high if np.isfinite(bounds.high) else None
    return Point(median.value, bounds.low if high is not None else None, high, _("Plus de la moitié attend"))


def _hours(now: Facts) -> Drawable:
    counts = [[0.0] * 24 for _ in range(7)]
    for row in now.rows:
        local = timezone.localtime(row.created_at)
        counts[local.weekday()][local.hour] += 1
    monday = now.part.period.first
    days = tuple(date_format(monday + n * DAY, "D") for n in range(7))
    return Heat(
        "heures",
        _("Quand demande-t-on ?"),
        _("Questions posées par jour de la semaine et par heure ; le tableau qui suit donne chaque valeur."),
        Unit.COUNT,
        _("Jour"),
        days,
        tuple(_("%(n)s h") % {"n": hour} for hour in range(24)),
        tuple(tuple(row) for row in counts),
        note=_("Plus la case est foncée, plus on a posé de questions à cette heure."),
    )


def _listed(part: Slice, theme: str, count: int) -> Cell:
    return Cell(say(count, Unit.COUNT), count, part.list_of("response", "asked", theme))
