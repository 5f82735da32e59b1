"""*Themes and formats*: what people talk about, in which form, and whether it finds somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from passeur.algorithms.measures.change import change
from passeur.algorithms.measures.estimates import LEVEL
from passeur.algorithms.measures.many import adjusted
from passeur.conversations.choices import ASKING, Kind
from passeur.engagement.queries import Counted
from passeur.foundation import dates
from passeur.foundation.charts import Cell, Drawable, Lines, Point, Series, Unit, Whisk, Whisks, say

from ..protocols import Board, Page, Slice, Tile, register
from . import bases, measures
from .definitions import exchanges
from .facts import Facts, facts, no_themes, rate, untold
from .measures import Measure
from .response import weekly, with_gaps

MOST = 15
LISTS = {"started": "started", "replied": "replied", "without-theme": "bare"}
"""What each tile counts."""
KINDS = (Kind.QUESTION, Kind.DISCUSSION, Kind.EXPERIENCE, Kind.ANNOUNCEMENT)


def board(part: Slice) -> Board:
    """The page. Twenty queries at most, whatever is in it."""
    found = facts(part, most_themes=MOST)
    if found.now.is_empty():
        return Board("", (), (), is_empty=True)
    now = found.now.everything()
    before = found.past_of(found.past.everything())
    made = _tiles(found, now, before)
    charts: tuple[Drawable, ...] = ()
    if not now.is_nothing:
        charts = (*_themes(found), *_formats(found), _weeks(part, now, before))
    notes = (*no_themes(part), *untold(now, part))
    return Board(measures.sentence(made, part.period.weeks), made, charts, notes=notes)


def listed(part: Slice, tile: str) -> Sequence[int] | None:
    """The exchanges that a tile or a row counts."""
    ledger = facts(part).now
    is_kind = tile in {str(kind) for kind in KINDS}
    if not is_kind and (tile not in LISTS or (tile == "without-theme" and part.theme is not None)):
        return None
    counted = (
        ledger.of_kind(tile, asks=tile in ASKING)
        if is_kind
        else ledger.of_blocks()
        if tile == "without-theme"
        else ledger.everything()
    )
    if counted.is_nothing:
        return None
    return ledger.numbers(counted, "started" if is_kind else LISTS[tile], kind=tile if is_kind else "")


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


def _tiles(found: Facts, now: Counted, before: Counted | None) -> tuple[Tile, ...]:
    count, count_before = rate(now, before)
    blocks, blocks_before = found.now.of_blocks(), found.past.of_blocks()
    has_past = not blocks_before.is_nothing and not blocks_before.shares_weeks(blocks)
    bare = found.now.without_theme(blocks)
    made = [
        Measure(
            exchanges.STARTED,
            Unit.COUNT,
            count,
            count_before,
            "",
            _("On lance plus d’échanges."),
            _("On lance moins d’échanges."),
            factor=len(now.mondays),
        ),
        Measure(
            exchanges.REPLIED,
            Unit.SHARE,
            now.replied,
            before.replied if before else None,
            bases.exchanges(now.replied),
            _("Une plus grande part des échanges trouve quelqu’un."),
            _("Une moins grande part des échanges trouve quelqu’un."),
        ),
        Measure(
            exchanges.WITHOUT_THEME,
            Unit.SHARE,
            None if blocks.is_nothing else bare,
            found.past.without_theme(blocks_before) if has_past else None,
            "" if blocks.is_nothing else bases.exchanges(bare),
            _("Plus d’échanges restent sans thème."),
            _("Moins d’échanges restent sans thème."),
            more_is_better=False,
        ),
    ]
    if found.part.theme is not None or found.part.team:
        made = made[:-1]
    return measures.tiles([measures.withheld(one) if now.is_nothing else one for one in made])


@dataclass(frozen=True, slots=True)
class Line:
    """A theme or a kind: what it is now and before, and the list behind. `past` may be of the same block."""

    name: str
    now: Counted
    past: Counted
    href: str

    @property
    def before(self) -> Counted | None:
        """What it is compared with: nothing where it is withheld, or of the same block."""
        return None if self.past.is_nothing or self.past.shares_weeks(self.now) else self.past


def whisks_of(lines: Sequence[Line]) -> tuple[Whisk, ...]:
    """Each with the share that found somebody, how many, how many before, and whether that is a change.

    A change is one after all lines are looked at together.
    """
    pairs = [rate(line.now, line.before) for line in lines]
    changes = [change(before, after) for after, before in pairs if before is not None]
    real = iter([p < 1 - LEVEL for p in adjusted([one.p for one in changes])] if changes else [])
    found = []
    for line in lines:
        bounds = line.now.replied.interval()
        if line.before is None:
            word, past = "–", Cell(measures.withheld_words() if line.past.is_nothing else "–")
        else:
            past = Cell(_asked(line.before, line.now), line.before.asked)
            is_more = line.now.asked * len(line.before.mondays) > line.before.asked * len(line.now.mondays)
            word = (_("En hausse") if is_more else _("En baisse")) if next(real) else _("Pas d’écart net")
        found.append(
            Whisk(
                line.name,
                Point(line.now.replied.value, bounds.low, bounds.high),
                (Cell(_asked(line.now, line.before), line.now.asked, line.href), past, Cell(word)),
            )
        )
    return tuple(found)


def _asked(one: Counted, other: Counted | None) -> str:
    """« 14 en 4 semaines »: a number alone would be read beside one of more weeks, or of fewer."""
    count, weeks = say(one.asked, Unit.COUNT), len(one.mondays)
    if other is None or weeks == len(other.mondays):
        return count
    return ngettext("%(count)s en %(n)s semaine", "%(count)s en %(n)s semaines", weeks) % {
        "count": count,
        "n": weeks,
    }


def _columns() -> tuple[str, ...]:
    return (_("Échanges"), _("Période d’avant"), _("Écart"))


def _themes(found: Facts) -> list[Drawable]:
    lines = []
    for theme in found.themes:
        now, before = (ledger.of_theme(theme.pk) for ledger in (found.now, found.past))
        if not now.is_nothing:
            href = found.part.list_of("themes", "started", theme.slug)
            lines.append(Line(theme.name, now, before, href))
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
                "compte aussi ceux qui sont dessous. Chacun se compte par blocs entiers de quatre semaines, "
                "là où assez de personnes y ont écrit, et assez d’autres ailleurs."
            ),
            most=1.0,
        )
    ]


def _formats(found: Facts) -> list[Drawable]:
    lines = []
    for kind in KINDS:
        now, before = (ledger.of_kind(kind, asks=kind in ASKING) for ledger in (found.now, found.past))
        if not now.is_nothing:
            href = found.part.list_of("themes", str(kind))
            lines.append(Line(str(kind.label), now, before, href))
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
            note=_(
                "Par blocs entiers de quatre semaines, là où assez de personnes ont choisi cette forme ; ce "
                "qui n’est pas montré vient d’assez de personnes ensemble."
            ),
            most=1.0,
        )
    ]


def _weeks(part: Slice, now: Counted, before: Counted | None) -> Drawable:
    series = [Series(_("Échanges"), weekly(now, part.period))]
    if before is not None:
        series.append(Series(_("Période d’avant"), weekly(before, part.period.previous), is_reference=True))
    return Lines(
        "semaines",
        _("Échanges commencés, par semaine"),
        _("Échanges commencés chaque semaine ; le tableau qui suit donne chaque valeur."),
        Unit.COUNT,
        _("Semaine du"),
        tuple(dates.day_in_short(monday) for monday in part.period.mondays),
        tuple(series),
        note=with_gaps(
            _("Les semaines où trop peu de personnes ont écrit sont réunies : on montre leur moyenne."),
            series,
        ),
    )
