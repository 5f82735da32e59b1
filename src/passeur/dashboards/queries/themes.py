"""*Themes and formats*: what people talk about, in which form, and whether it finds somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.algorithms.measures.change import change
from passeur.algorithms.measures.estimates import LEVEL, Share
from passeur.algorithms.measures.many import adjusted
from passeur.conversations.choices import Kind
from passeur.conversations.queries import asked
from passeur.conversations.queries.asked import Started
from passeur.foundation import dates
from passeur.foundation.charts import Cell, Drawable, Lines, Point, Series, Unit, Whisk, Whisks, say

from ..protocols import Board, Page, Slice, Tile, register
from . import measures
from .facts import Facts, by_theme, facts, keys, rate, span_of
from .measures import Measure

MOST = 15
KINDS = (Kind.QUESTION, Kind.DISCUSSION, Kind.EXPERIENCE, Kind.ANNOUNCEMENT)


def board(part: Slice) -> Board:
    """The page. Nine queries at most, whatever is in it."""
    now, before = facts(part), facts(part.previous)
    if not now.rows:
        return Board("", (), (), is_empty=True)
    made = _tiles(now, before)
    charts: tuple[Drawable, ...] = ()
    if not now.is_small:
        charts = (*_themes(now, before), *_formats(part, now, before), _weeks(now))
    return Board(measures.sentence(made, part.period.weeks), made, charts)


def listed(part: Slice, tile: str) -> Sequence[int] | None:
    """The exchanges that a tile or a row counts."""
    now = facts(part)
    kinds = {str(kind) for kind in KINDS}
    if tile in kinds:
        now = now.only(lambda row: row.kind == tile)
    elif tile == "replied":
        return None if now.is_small else keys(now.only(_has_reply).rows)
    elif tile == "without-theme":
        stated = asked.themes_of_started(part.member, span_of(part))
        return None if now.is_small else keys(now.only(lambda row: row.pk not in stated).rows)
    elif tile != "started":
        return None
    return None if now.is_small else keys(now.rows)


register(
    Page(
        "themes",
        gettext_lazy("Thèmes et formats"),
        gettext_lazy("De quoi parle-t-on, et sous quelle forme ?"),
        board,
        listed,
        gettext_lazy(
            "Aucun échange n’a commencé dans cette période. Élargissez-la, ou racontez une expérience."
        ),
        order=30,
    )
)


def _has_reply(row: Started) -> bool:
    return row.first_reply_at is not None


def replied(some: Facts) -> Share:
    """Exchanges in which somebody else wrote, over all."""
    return Share(sum(map(_has_reply, some.rows)), len(some.rows))


def _tiles(now: Facts, before: Facts) -> tuple[Tile, ...]:
    count, count_before = rate(now, before)
    has_past = not before.is_small
    share, past = replied(now), replied(before)
    bare, bare_before = _without_theme(now), _without_theme(before)
    made = [
        Measure(
            "started",
            _("Échanges commencés"),
            _(
                "Questions, discussions, retours d’expérience et annonces. Les comptes techniques et qui "
                "anime n’y sont pas."
            ),
            Unit.COUNT,
            count,
            count_before if has_past else None,
            "",
            _("On lance plus d’échanges."),
            _("On lance moins d’échanges."),
            factor=now.part.period.weeks,
        ),
        Measure(
            "replied",
            _("Trouvent quelqu’un"),
            _("Échanges dans lesquels une autre personne a écrit, sur tous ceux commencés dans la période."),
            Unit.SHARE,
            share,
            past if has_past else None,
            measures.out_of(share),
            _("Une plus grande part des échanges trouve quelqu’un."),
            _("Une moins grande part des échanges trouve quelqu’un."),
        ),
        Measure(
            "without-theme",
            _("Sans thème"),
            _("Échanges qui ne portent aucun thème : ils se retrouvent mal, et ne vont vers aucun expert."),
            Unit.SHARE,
            bare,
            bare_before if has_past else None,
            measures.out_of(bare),
            _("Plus d’échanges restent sans thème."),
            _("Moins d’échanges restent sans thème."),
            more_is_better=False,
        ),
    ]
    return measures.tiles([measures.withheld(one) for one in made] if now.is_small else made)


def _without_theme(some: Facts) -> Share:
    stated = asked.themes_of_started(some.part.member, span_of(some.part))
    return Share(sum(row.pk not in stated for row in some.rows), len(some.rows))


@dataclass(frozen=True, slots=True)
class Line:
    """A theme or a kind: what it is now and before, and the list behind."""

    name: str
    now: Facts
    before: Facts
    href: str


def whisks_of(lines: Sequence[Line]) -> tuple[Whisk, ...]:
    """Each with the share that found somebody, how many, how many before, and whether that is a change.

    A change is one after all lines are looked at together.
    """
    pairs = [rate(line.now, line.before) for line in lines]
    changes = [change(before, after) for after, before in pairs]
    real = [p < 1 - LEVEL for p in adjusted([one.p for one in changes])] if changes else []
    found = []
    for line, is_real in zip(lines, real, strict=True):
        share = replied(line.now)
        bounds = share.interval()
        count, past = len(line.now.rows), len(line.before.rows)
        word = _("Pas d’écart net")
        if line.before.is_small:
            word, past_cell = "–", Cell(measures.withheld_words())
        else:
            past_cell = Cell(say(past, Unit.COUNT), past)
            if is_real:
                word = _("En hausse") if count > past else _("En baisse")
        found.append(
            Whisk(
                line.name,
                Point(share.value, bounds.low, bounds.high),
                (Cell(say(count, Unit.COUNT), count, line.href), past_cell, Cell(word)),
            )
        )
    return tuple(found)


def _columns() -> tuple[str, ...]:
    return (_("Échanges"), _("Période d’avant"), _("Écart"))


def _themes(now: Facts, before: Facts) -> list[Drawable]:
    past = {theme.pk: some for theme, some in by_theme(before)}
    nothing = before.of(())
    lines = [
        Line(theme.name, some, past.get(theme.pk, nothing), now.part.list_of("themes", "started", theme.slug))
        for theme, some in by_theme(now)
        if not some.is_small
    ][:MOST]
    if not lines:
        return []
    return [
        Whisks(
            "themes",
            _("Quels thèmes trouvent quelqu’un ?"),
            _("Part des échanges auxquels une autre personne a répondu, par thème."),
            Unit.SHARE,
            _("Thème"),
            _("Trouvent quelqu’un"),
            whisks_of(lines),
            _columns(),
            note=_(
                "Part des échanges dans lesquels une autre personne a écrit, avec son intervalle. Un thème "
                "compte aussi ceux qui sont dessous. Les thèmes de moins de cinq personnes ne sont pas "
                "montrés."
            ),
            most=1.0,
        )
    ]


def _formats(part: Slice, now: Facts, before: Facts) -> list[Drawable]:
    lines = []
    for kind in KINDS:
        some = now.of_kind(kind)
        if not some.is_small:
            past = before.of_kind(kind)
            lines.append(Line(str(kind.label), some, past, part.list_of("themes", str(kind))))
    if not lines:
        return []
    return [
        Whisks(
            "formats",
            _("Quelles formes trouvent quelqu’un ?"),
            _("Part des échanges auxquels une autre personne a répondu, par forme."),
            Unit.SHARE,
            _("Forme"),
            _("Trouvent quelqu’un"),
            whisks_of(lines),
            _columns(),
            note=_("Les formes choisies par moins de cinq personnes ne sont pas montrées."),
            most=1.0,
        )
    ]


def _weeks(now: Facts) -> Drawable:
    weeks = now.weeks()
    series = []
    for kind in KINDS:
        own = now.of_kind(kind)
        if not own.is_small:
            points = tuple(Point(float(sum(row.kind == kind for row in rows))) for rows in weeks)
            series.append(Series(str(kind.label), points))
    if not series:
        series = [Series(_("Échanges"), tuple(Point(float(len(rows))) for rows in weeks))]
    return Lines(
        "semaines",
        _("Échanges commencés, par semaine"),
        _("Échanges commencés chaque semaine, par forme ; le tableau qui suit donne chaque valeur."),
        Unit.COUNT,
        _("Semaine du"),
        tuple(dates.day_in_short(monday) for monday in now.part.period.mondays),
        tuple(series),
    )
