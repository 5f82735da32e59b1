"""*Content and searches*: what helps, what still holds, and what people look for in vain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from passeur.algorithms.measures.rates import Rate, bursts_of
from passeur.conversations.choices import Kind
from passeur.conversations.queries import asked
from passeur.conversations.services.searching import KEPT
from passeur.engagement.queries.activity import open_communities
from passeur.foundation import dates
from passeur.foundation.charts import Bars, Cell, Drawable, Point, Rows, Series, Table, Unit, say

from ..protocols import Board, Page, Period, Slice, Tile, register
from . import bases, helping, lasting, measures
from .definitions import exchanges
from .facts import Facts, facts, rate, sight_of, untold
from .measures import Measure

LEAST_DAYS = 2
"""Words looked for on one day could be one person's secret, who tried again; on another day, a need."""
MOST_WORDS = 25
LISTS = {
    "helped": ("helped", ""),
    "experiences": ("started", str(Kind.EXPERIENCE)),
    "unmet": ("unanswered", ""),
}
"""What each tile counts, and of which form."""


@dataclass(frozen=True, slots=True)
class Misses:
    """Searches without result in a period: by day of it, and by words as (words, times, days)."""

    period: Period
    days: tuple[int, ...]
    words: dict[str, tuple[str, int, int]]

    @property
    def total(self) -> int:
        return sum(self.days)

    def weeks(self) -> list[int]:
        return [sum(self.days[n * 7 : n * 7 + 7]) for n in range(self.period.weeks)]


def misses(part: Slice, numbers: Collection[int]) -> Misses:
    """Of these communities (numbers). One query."""
    days = [0] * (part.period.weeks * 7)
    words: dict[str, tuple[str, int, int]] = defaultdict(lambda: ("", 0, 0))
    for day, folded, typed, times in asked.missed_by_day(numbers, part.period.first, part.period.last):
        days[(day - part.period.first).days] += times
        _typed, before, seen = words[folded]
        words[folded] = (typed, before + times, seen + 1)
    return Misses(part.period, tuple(days), dict(words))


def _comparable(part: Slice, numbers: Collection[int]) -> Misses | None:
    """Those of the period before, unless some of its days are kept no longer."""
    is_kept = part.period.previous.first >= timezone.localdate() - KEPT
    return misses(part.previous, numbers) if is_kept else None


def board(part: Slice) -> Board:
    """The page. Forty queries at most, whatever is in it.

    With a theme or a team there are no searches, and none of a community of too few people.
    """
    found = facts(part)
    has_searches = part.theme is None and not part.team
    open_ones = open_communities(sight_of(part)) if has_searches else []
    searches, earlier = (misses(part, open_ones), _comparable(part, open_ones)) if open_ones else (None, None)
    sight = sight_of(part)
    kept = lasting.of(part, sight)
    if found.now.is_empty() and not lasting.is_something(kept) and (searches is None or not searches.total):
        return Board("", (), (), is_empty=True)
    made = _tiles(found, searches, earlier, kept)
    charts: tuple[Drawable, ...] = ()
    if searches is not None and searches.total:
        charts = (_words(searches, earlier), _weeks(searches, earlier))
    told = made
    if kept is not None:
        charts = (*helping.charts(part, sight), *lasting.charts(kept), *charts)
        told = (*made, *lasting.tiles(kept))
    notes: tuple[str, ...] = (
        (_("Les recherches ne portent pas de thème : choisissez tous les thèmes pour les voir."),)
        if part.theme is not None
        else (_("Des recherches, on ne garde jamais la personne : elles n’ont pas d’équipe."),)
        if part.team
        else ()
    )
    left_out = len(part.communities) - len(open_ones) if has_searches else 0
    if left_out:
        notes += (_few_people(left_out),)
    notes += untold(found.now.everything(), part)
    return Board(measures.sentence(made, part.period.weeks), told, charts, notes=notes)


def _few_people(communities: int) -> str:
    return ngettext(
        "Les recherches d’une communauté ne sont pas montrées : trop peu de personnes en sont membres.",
        "Les recherches de %(n)s communautés ne sont pas montrées : trop peu de personnes en sont membres.",
        communities,
    ) % {"n": communities}


def listed(part: Slice, tile: str) -> Sequence[int] | None:
    """The exchanges that a tile counts."""
    if tile == lasting.LIST:
        return lasting.listed(part, sight_of(part))
    if tile not in LISTS:
        return None
    ledger = facts(part).now
    test, kind = LISTS[tile]
    counted = (
        ledger.of_kind(kind, asks=False)
        if kind
        else ledger.questions()
        if tile == "unmet"
        else ledger.everything()
    )
    return None if counted.is_nothing else ledger.numbers(counted, test, kind=kind)


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


def _tiles(
    found: Facts, searches: Misses | None, earlier: Misses | None, kept: lasting.Lasting | None
) -> tuple[Tile, ...]:
    now, before = found.now.everything(), found.past_of(found.past.everything())
    questions, asked_before = found.now.questions(), found.past_of(found.past.questions())
    told, told_before = (one.of_kind(Kind.EXPERIENCE, asks=False) for one in (found.now, found.past))
    has_before = not told_before.is_nothing and not told_before.shares_weeks(told)
    count, count_before = rate(told, told_before if has_before else None)
    unanswered = questions.outcomes.unanswered
    made = [
        Measure(
            exchanges.APPRECIATED,
            Unit.SHARE,
            None if now.is_nothing else now.helped,
            before.helped if before else None,
            "" if now.is_nothing else bases.exchanges(now.helped),
            _("Une plus grande part des échanges est appréciée."),
            _("Une moins grande part des échanges est appréciée."),
        ),
        Measure(
            exchanges.EXPERIENCES,
            Unit.COUNT,
            None if told.is_nothing else count,
            count_before,
            "",
            _("On raconte plus d’expériences."),
            _("On raconte moins d’expériences."),
            factor=len(told.mondays),
        ),
        Measure(
            exchanges.UNMET,
            Unit.SHARE,
            None if questions.is_nothing else unanswered,
            asked_before.outcomes.unanswered if asked_before else None,
            "" if questions.is_nothing else bases.late_questions(unanswered),
            _("Plus de questions restent sans réponse."),
            _("Moins de questions restent sans réponse."),
            more_is_better=False,
        ),
    ]
    if found.part.theme is not None or found.part.team:
        made.pop(1)
    if searches is not None:
        made.append(_searches(searches, earlier))
    if kept is not None:
        made.append(lasting.verified(kept))
    return lasting.headed(measures.tiles(made))


def _searches(searches: Misses, earlier: Misses | None) -> Measure:
    weeks = searches.period.weeks
    past = earlier if earlier is not None and earlier.total else None
    bursts = bursts_of(searches.days, past.days) if past is not None else bursts_of(searches.days)
    return Measure(
        exchanges.SEARCHES,
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
    often = [(folded, typed, times) for folded, (typed, times, days) in ordered if days >= LEAST_DAYS]
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
        note=_(
            "Chaque ligne est une idée d’échange à lancer ou de contenu à écrire. Des mots cherchés un seul "
            "jour peuvent être le secret d’une personne : ils ne sont pas écrits, et comptent avec tous les "
            "autres."
        ),
    )


def _past(earlier: Misses | None, folded: str) -> Cell:
    _typed, times, days = ("", 0, 0) if earlier is None else earlier.words.get(folded, ("", 0, 0))
    return Cell(say(times, Unit.COUNT), times) if days >= LEAST_DAYS else Cell("–")


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
