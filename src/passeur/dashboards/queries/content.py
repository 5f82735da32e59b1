"""*Content and searches*: what helps, and what people look for in vain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.algorithms.measures.estimates import Share
from passeur.algorithms.measures.rates import Rate, bursts_of
from passeur.conversations.choices import ASKING, Kind
from passeur.conversations.queries import asked
from passeur.conversations.services.searching import KEPT
from passeur.foundation import dates
from passeur.foundation.charts import Bars, Cell, Drawable, Point, Rows, Series, Table, Unit, say

from ..protocols import Board, Page, Period, Slice, Tile, register
from . import measures
from .facts import Facts, facts, keys, rate, span_of
from .measures import Measure

LEAST_TIMES = 2
"""Words looked for once could be one person's secret; from twice on they are a need."""
MOST_WORDS = 25


@dataclass(frozen=True, slots=True)
class Misses:
    """Searches without result in a period: by day of it, and by words as (words, times)."""

    period: Period
    days: tuple[int, ...]
    words: dict[str, tuple[str, int]]

    @property
    def total(self) -> int:
        return sum(self.days)

    def weeks(self) -> list[int]:
        return [sum(self.days[n * 7 : n * 7 + 7]) for n in range(self.period.weeks)]


def misses(part: Slice) -> Misses:
    """One query."""
    days = [0] * (part.period.weeks * 7)
    words: dict[str, tuple[str, int]] = defaultdict(lambda: ("", 0))
    numbers = [community.pk for community in part.communities]
    for day, folded, typed, times in asked.missed_by_day(numbers, part.period.first, part.period.last):
        days[(day - part.period.first).days] += times
        words[folded] = (typed, words[folded][1] + times)
    return Misses(part.period, tuple(days), dict(words))


def _comparable(part: Slice) -> Misses | None:
    """Those of the period before, unless some of its days are kept no longer."""
    is_kept = part.period.previous.first >= timezone.localdate() - KEPT
    return misses(part.previous) if is_kept else None


def board(part: Slice) -> Board:
    """The page. Six queries, whatever is in it. Searches have no theme: with one, they are left out."""
    now, before = facts(part), facts(part.previous)
    searches, earlier = (misses(part), _comparable(part)) if part.theme is None else (None, None)
    if not now.rows and (searches is None or not searches.total):
        return Board("", (), (), is_empty=True)
    made = _tiles(part, now, before, searches, earlier)
    charts: tuple[Drawable, ...] = ()
    if searches is not None and searches.total:
        charts = (_words(searches, earlier), _weeks(searches, earlier))
    notes = (
        (_("Les recherches ne portent pas de thème : choisissez tous les thèmes pour les voir."),)
        if searches is None
        else ()
    )
    return Board(measures.sentence(made, part.period.weeks), made, charts, notes=notes)


def listed(part: Slice, tile: str) -> Sequence[int] | None:
    """The exchanges that a tile counts."""
    now = facts(part)
    if now.is_small:
        return None
    if tile == "helped":
        helpful = asked.helpful_of_started(part.member, span_of(part))
        return keys(now.only(lambda row: row.pk in helpful).rows)
    if tile == "unmet":
        return keys(now.only(lambda row: row.kind in ASKING and now.unanswered(row)).rows)
    if tile == "experiences":
        told = _told(now)
        return None if told.is_small else keys(told.rows)
    return None


register(
    Page(
        "content",
        gettext_lazy("Contenus et recherches"),
        gettext_lazy("Qu’est-ce qui aide, et que cherche-t-on en vain ?"),
        board,
        listed,
        gettext_lazy(
            "Ni échange ni recherche sans résultat dans cette période. Élargissez-la pour voir ce qui a aidé."
        ),
        order=40,
    )
)


def _told(some: Facts) -> Facts:
    return some.only(lambda row: row.kind == Kind.EXPERIENCE)


def _tiles(
    part: Slice, now: Facts, before: Facts, searches: Misses | None, earlier: Misses | None
) -> tuple[Tile, ...]:
    has_past = not before.is_small
    helped, past = _helped(now), _helped(before)
    questions = now.questions()
    told, told_before = _told(now), _told(before)
    weeks = part.period.weeks
    made = [
        Measure(
            "helped",
            _("Échanges qui ont aidé"),
            _("Échanges où quelqu’un a dit « Ça m’aide » ou « Merci » du message d’une autre personne."),
            Unit.SHARE,
            helped,
            past if has_past else None,
            measures.out_of(helped),
            _("Une plus grande part des échanges aide quelqu’un."),
            _("Une moins grande part des échanges aide quelqu’un."),
        ),
        Measure(
            "experiences",
            _("Expériences racontées"),
            _("Retours d’expérience publiés dans la période, hors comptes techniques et qui anime."),
            Unit.COUNT,
            None if told.is_small else rate(told, told_before)[0],
            None if told_before.is_small else rate(told, told_before)[1],
            "",
            _("On raconte plus d’expériences."),
            _("On raconte moins d’expériences."),
            factor=weeks,
        ),
        Measure(
            "unmet",
            _("Questions sans réponse"),
            _("Questions ouvertes à qui personne n’a répondu, l’objectif de leur communauté étant passé."),
            Unit.SHARE,
            questions.outcomes().unanswered,
            before.questions().outcomes().unanswered if has_past else None,
            measures.out_of(questions.outcomes().unanswered),
            _("Plus de questions restent sans réponse."),
            _("Moins de questions restent sans réponse."),
            more_is_better=False,
        ),
    ]
    if now.is_small:
        made = [measures.withheld(one) for one in made]
    if searches is not None:
        made.append(_searches(searches, earlier))
    return measures.tiles(made)


def _helped(some: Facts) -> Share:
    helpful = asked.helpful_of_started(some.part.member, span_of(some.part))
    return Share(sum(row.pk in helpful for row in some.rows), len(some.rows))


def _searches(searches: Misses, earlier: Misses | None) -> Measure:
    weeks = searches.period.weeks
    past = earlier if earlier is not None and earlier.total else None
    bursts = bursts_of(searches.days, past.days) if past is not None else bursts_of(searches.days)
    return Measure(
        "searches",
        _("Recherches sans résultat"),
        _(
            "Recherches qui n’ont rien trouvé, des six derniers mois au plus. On garde le jour et les mots, "
            "jamais la personne."
        ),
        Unit.COUNT,
        Rate(searches.total, weeks, bursts),
        None if past is None else Rate(past.total, weeks, bursts),
        "",
        _("On cherche plus souvent en vain."),
        _("On cherche moins souvent en vain."),
        more_is_better=False,
        factor=weeks,
        has_list=False,
        why_no_list=_("Ce sont des mots, sans échange derrière : les voici plus bas."),
    )


def _words(searches: Misses, earlier: Misses | None) -> Drawable:
    ordered = sorted(searches.words.items(), key=lambda one: (-one[1][1], one[0]))
    often = [(folded, typed, times) for folded, (typed, times) in ordered if times >= LEAST_TIMES]
    shown = often[:MOST_WORDS]
    rest = searches.total - sum(times for _folded, _typed, times in shown)
    rows = [
        (Cell(typed), Cell(say(times, Unit.COUNT), times), _past(earlier, folded))
        for folded, typed, times in shown
    ]
    if rest:
        others = Cell(_("Tous les autres mots"))
        rows.append((others, Cell(say(rest, Unit.COUNT), rest), Cell("–")))
    return Rows(
        "mots",
        _("Que cherche-t-on en vain ?"),
        Table(_("Que cherche-t-on en vain ?"), (_("Mots"), _("Fois"), _("Période d’avant")), tuple(rows)),
        note=_("Chaque ligne est une idée d’échange à lancer ou de contenu à écrire."),
    )


def _past(earlier: Misses | None, folded: str) -> Cell:
    times = 0 if earlier is None else earlier.words.get(folded, ("", 0))[1]
    return Cell(say(times, Unit.COUNT), times) if times >= LEAST_TIMES else Cell("–")


def _weeks(searches: Misses, earlier: Misses | None) -> Drawable:
    series = [Series(_("Recherches sans résultat"), tuple(Point(float(n)) for n in searches.weeks()))]
    if earlier is not None and earlier.total:
        points = tuple(Point(float(n)) for n in earlier.weeks())
        series.append(Series(_("Période d’avant"), points, is_reference=True))
    return Bars(
        "semaines",
        _("Recherches sans résultat, par semaine"),
        _("Recherches sans résultat chaque semaine ; le tableau qui suit donne chaque valeur."),
        Unit.COUNT,
        _("Semaine du"),
        tuple(dates.day_in_short(monday) for monday in searches.period.mondays),
        tuple(series),
    )
