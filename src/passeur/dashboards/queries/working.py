"""*What works*: which exchanges help and how many people they reach, and what is worth a try."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Hashable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from passeur.algorithms.measures.change import Change
from passeur.algorithms.measures.estimates import LEVEL
from passeur.algorithms.measures.trying import worth_trying
from passeur.algorithms.measures.working import Finding, look
from passeur.channels import queries as channels
from passeur.foundation import dates, typography
from passeur.foundation.charts import Cell, Drawable, Point, Unit, Whisk, Whisks, say
from passeur.skills import queries as skills

from ..protocols import Board, Page, Slice, Tile, register
from . import measures
from .definitions import exchanges
from .facts import Facts, facts, no_themes
from .findings import idea, people, points_of, sentence
from .looking import Beside, Looked, by_block, compared, looked, told
from .measures import Measure
from .traits import Trait, traits

BLOCKWISE = ("theme", "kind")
"""Traits told by blocks of four weeks, as on the other pages."""
MOST_THEMES = 12


def board(part: Slice) -> Board:
    """The page. Twenty queries at most, and of a team one for each block of four weeks."""
    found = facts(part, most_themes=MOST_THEMES)
    now = looked(found.now)
    if found.now.is_empty():
        return Board("", (), (), is_empty=True)
    before = looked(found.past)
    made = _tiles(now, None if before.blocks.keys() & now.blocks.keys() else before)
    if not len(now):
        few = _(
            "Trop peu de personnes ou trop peu de temps pour dire ce qui aide : il faut un bloc entier de "
            "quatre semaines, passé depuis deux semaines."
        )
        return Board(few, made, ())
    if part.theme is not None:
        note = _(
            "Les traits se comparent tous thèmes ensemble : choisissez « Tous les thèmes » pour les voir."
        )
        return Board(measures.sentence(made, part.period.weeks), made, (), notes=(note,))
    if part.team:
        note = _(
            "Les traits se comparent toutes équipes ensemble : choisissez « Toutes les équipes » pour les "
            "voir."
        )
        return Board(measures.sentence(made, part.period.weeks), made, (), notes=(note,))
    beside = compared(part)
    chosen = {trait.key: trait for trait in _traits(part, found, beside)}
    findings = look(
        {
            key: by_block(trait, now, found) if trait.key in BLOCKWISE else told(trait, beside)
            for key, trait in chosen.items()
        },
        least_people=part.smallest,
    )
    ideas = worth_trying(findings)
    weeks = {key: now.weeks if key in BLOCKWISE else beside.weeks for key in chosen}
    return Board(
        f"{sentence(findings, chosen)} {measures.sentence(made, part.period.weeks)}",
        made,
        tuple(
            _chart(trait, findings, _ordered() if trait.key in BLOCKWISE else _compared_on(beside))
            for trait in chosen.values()
            if _of(trait, findings)
        ),
        notes=(*_notes(findings, len(ideas)), *no_themes(part), *_cut(now)),
        ideas=tuple(idea(one, chosen[one.finding.trait], weeks[one.finding.trait]) for one in ideas),
    )


def _traits(part: Slice, found: Facts, beside: Beside) -> list[Trait]:
    """Of the themes of the table; none over several communities."""
    themes = {theme.pk: theme.name for theme in found.themes} if part.community is not None else {}
    above = skills.parents(part.community) if part.community is not None and themes else {}
    return traits(themes, above, channels.addresses(beside.channels))


def _ordered() -> str:
    return _(
        "En premier, ce qui aide le plus sûrement : rangé par la borne basse de l’intervalle, pour que peu "
        "d’échanges ne fassent pas le meilleur."
    )


def _compared_on(beside: Beside) -> str:
    """Which part of the past a trait is compared in that other pages do not tell by blocks."""
    if beside.first is None or beside.last is None:
        return ""
    return _("Comparé sur des tranches entières : les échanges commencés du %(first)s au %(last)s.") % {
        "first": _dated(beside.first),
        "last": _dated(beside.last),
    }


def _dated(day: dt.date) -> str:
    return f"{dates.day_and_month(day)} {day.year}"


def _cut(now: Looked) -> tuple[str, ...]:
    if not now.is_cut:
        return ()
    return (
        _("Il y a beaucoup d’échanges : seuls les %(n)s plus récents, par blocs entiers, sont regardés ici.")
        % {"n": say(len(now), Unit.COUNT)},
    )


def listed(part: Slice, tile: str) -> Sequence[int] | None:
    """The exchanges that a tile counts."""
    if tile not in ("helped", "reach"):
        return None
    ledger = facts(part).now
    now = looked(ledger)
    return now.numbers(ledger, "useful" if tile == "helped" else "started") if len(now) else None


register(
    Page(
        "what-works",
        gettext_lazy("Ce qui marche"),
        gettext_lazy("Qu’est-ce qui aide, et qu’essayer ensuite ?"),
        board,
        listed,
        gettext_lazy(
            "Aucun échange à juger dans cette période : un échange est jugé quand il a eu deux semaines pour "
            "aider. Choisissez une période plus longue."
        ),
        order=60,
    )
)


def _tiles(now: Looked, before: Looked | None) -> tuple[Tile, ...]:
    helped, reach = now.overall()
    past = before.overall() if before is not None and len(before) else None
    counted = ngettext("sur %(n)s échange", "sur %(n)s échanges", len(now)) % {"n": say(len(now), Unit.COUNT)}
    made = [
        Measure(
            exchanges.HELPED,
            Unit.SHARE,
            helped,
            past[0] if past is not None else None,
            counted,
            _("Une plus grande part des échanges aide."),
            _("Une moins grande part des échanges aide."),
        ),
        Measure(
            exchanges.REACH,
            Unit.RATIO,
            reach,
            past[1] if past is not None else None,
            _("par échange, %(counted)s") % {"counted": counted},
            _("Un échange touche plus de personnes."),
            _("Un échange touche moins de personnes."),
        ),
    ]
    return measures.tiles([one if len(now) else measures.withheld(one) for one in made])


def _of(trait: Trait, findings: Sequence[Finding[Hashable]]) -> list[Finding[Hashable]]:
    found = [one for one in findings if one.trait == trait.key]
    if trait.key == "theme":
        found = sorted(found, key=lambda one: (-one.pieces, trait.say(one.value)))[:MOST_THEMES]
    if trait.key in BLOCKWISE:
        return sorted(found, key=lambda one: (-one.usefulness.interval().low, trait.say(one.value)))
    return found


def _chart(trait: Trait, findings: Sequence[Finding[Hashable]], note: str) -> Drawable:
    rows = []
    for one in _of(trait, findings):
        bounds, found = one.usefulness.interval(), one.useful_change
        rows.append(
            Whisk(
                trait.say(one.value),
                Point(one.usefulness.value, bounds.low, bounds.high),
                (
                    Cell(_beside(found)),
                    Cell(_reach(one), None if one.reach.value is None else round(one.reach.value, 1)),
                    Cell(say(one.pieces, Unit.COUNT), one.pieces),
                ),
            )
        )
    return Whisks(
        f"par-{trait.key}",
        str(trait.question),
        _("Part des échanges qui ont aidé, selon : %(trait)s.") % {"trait": trait.name},
        Unit.SHARE,
        str(trait.name).capitalize(),
        _("Ont aidé"),
        tuple(rows),
        (_("Écart avec les autres"), _("Personnes touchées"), _("Échanges")),
        note=note,
        most=1.0,
    )


def _beside(found: Change) -> str:
    """« −26 points (de −38 à −13) »; as on tiles, nothing but that it is not clear where chance may be it."""
    if not found.real:
        return _("pas net")
    points = round((found.difference or 0.0) * 100)
    words = ngettext("%(sign)s%(n)s point", "%(sign)s%(n)s points", abs(points)) % {
        "sign": "−" if points < 0 else "+",
        "n": typography.number(abs(points), decimals=0),
    }
    low, high = (points_of(bound) for bound in (found.interval.low, found.interval.high))
    return _("%(change)s (de %(low)s à %(high)s)") % {"change": words, "low": low, "high": high}


def _reach(one: Finding[Hashable]) -> str:
    bounds = one.reach.interval()
    value, low, high = (people(number) for number in (one.reach.value, bounds.low, bounds.high))
    words = f"{value} ({low}\u00a0–\u00a0{high})" if math.isfinite(bounds.high) else value
    return _("%(figure)s, écart net") % {"figure": words} if one.reach_change.real else words


def _notes(findings: Sequence[Finding[Hashable]], tries: int) -> tuple[str, ...]:
    if not findings:
        return (
            _(
                "Rien ne peut être comparé : il faut au moins dix échanges de cinq personnes de chaque côté. "
                "Choisissez une période plus longue."
            ),
        )
    nothing_to_try = _(
        "Aucun essai n’est proposé : ce qui n’est pas encore su ne pourrait plus gagner cinq points."
    )
    association = _(
        "Ces écarts sont des associations : qui publie le mardi écrit peut-être mieux. Un écart n’est "
        "dit net que si le hasard l’explique dans moins de %(n)s %% des cas, une fois compté tout ce "
        "qui a été regardé. Seul un essai tranche."
    ) % {"n": round(100 * (1 - LEVEL))}
    return (association,) if tries else (nothing_to_try, association)
