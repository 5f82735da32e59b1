"""What a page counts from: the days of exchanges of a period and of the one before, behind the guard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.algorithms.measures.rates import Bursts, Rate, bursts_of
from passeur.engagement import queries as engagement
from passeur.engagement.queries import Counted, Ledger
from passeur.engagement.queries.slices import blocks_of
from passeur.skills import queries as skills

from ..protocols import Slice

if TYPE_CHECKING:
    from passeur.skills.models import Theme
    from passeur.skills.queries.themes import ThemeLine


def sight_of(part: Slice) -> engagement.Slice:
    """Where and when to look, for roll-ups: with groups as large as the part asks for."""
    sight = engagement.slice_of(
        part.member,
        first=part.period.first,
        last=part.period.last,
        among=part.communities,
        theme=part.theme,
        team=part.team,
    )
    return replace(sight, smallest={key: max(least, part.smallest) for key, least in sight.smallest.items()})


def is_of_one_block(now: engagement.Slice, past: engagement.Slice) -> bool:
    """Whether what is told of whole blocks would be compared with itself: a period of less than four weeks
    and the one before may be of the same block.
    """
    return blocks_of(past)[-1] >= blocks_of(now)[0]


@dataclass(frozen=True, slots=True)
class Facts:
    """The exchanges of a period and of the one before, as they may be told, and the themes of a table.

    Themes are those of one community, below the one looked at if there is one, those with most started first;
    none where several communities are looked at.
    """

    part: Slice
    now: Ledger
    past: Ledger
    themes: tuple[ThemeLine, ...]

    def past_of(self, before: Counted) -> Counted | None:
        """What a figure is compared with: nothing, where nothing of it may be told.

        With a theme or a team only whole blocks are told, and a short period and the one before may be of the
        same one.
        """
        is_of_blocks = self.part.theme is not None or bool(self.part.team)
        is_the_same = is_of_blocks and is_of_one_block(self.now.slice, self.past.slice)
        return None if before.is_nothing or is_the_same else before


def facts(part: Slice, *, most_themes: int = 0, asks: bool = False) -> Facts:
    """The facts of a page, or of its questions only, whose table has so many themes at most.

    Fourteen queries at most.
    """
    sight = sight_of(part)
    themes: list[ThemeLine] = []
    if most_themes and part.community is not None and not part.team:
        by_key = {theme.pk: theme for theme in skills.theme_lines(part.community)}
        if part.theme is not None:
            by_key = _below(part.theme, by_key, skills.parents(part.community))
        most = most_themes if part.theme is None else None
        busiest = engagement.busiest_themes(sight, most, asks=asks)
        themes = [by_key[key] for key in busiest if key in by_key][:most_themes]
    keys = [theme.pk for theme in themes]
    return Facts(
        part,
        Ledger(sight, themes=keys, asks=asks or None),
        Ledger(engagement.previous(sight), themes=keys, asks=asks or None),
        tuple(themes),
    )


def _below(
    theme: Theme, among: Mapping[int, ThemeLine], above: Mapping[int, int | None]
) -> dict[int, ThemeLine]:
    """The themes that are below one."""
    return {
        key: line for key, line in among.items() if key != theme.pk and theme.pk in skills.way_up(key, above)
    }


def rate(after: Counted, before: Counted | None) -> tuple[Rate, Rate | None]:
    """How many a week in each of two periods, by how they come in bursts."""
    bursts: Bursts = bursts_of(after.days, before.days) if before is not None else bursts_of(after.days)
    past = None if before is None else Rate(before.asked, len(before.mondays), bursts)
    return Rate(after.asked, len(after.mondays), bursts), past


def no_themes(part: Slice) -> tuple[str, ...]:
    """Says why a page of several communities has no themes, and where they are."""
    if part.community is not None:
        return ()
    return (_("Chaque communauté a ses thèmes : choisissez-en une pour les voir."),)


def untold(now: Counted, part: Slice) -> tuple[str, ...]:
    """Says which weeks a page leaves out, if it leaves out some."""
    if part.team:
        return (
            _(
                "Pour une équipe, les échanges se comptent par blocs entiers de quatre semaines, là où assez "
                "de ses membres en ont commencé, et assez d’autres ailleurs. L’équipe est celle de qui a "
                "commencé l’échange, au début du bloc. Pas de liste : elle dirait qui en est."
            ),
        )
    if part.theme is not None:
        return (
            _(
                "Avec un thème, les échanges se comptent par blocs entiers de quatre semaines, là où assez "
                "de personnes en ont commencé, et assez d’autres ailleurs."
            ),
        )
    left = part.period.weeks - len(now.mondays)
    if left <= 0:
        return ()
    return (
        ngettext(
            "%(n)s semaine de la période n’est pas comptée : trop peu de personnes y ont commencé un "
            "échange.",
            "%(n)s semaines de la période ne sont pas comptées : trop peu de personnes y ont commencé un "
            "échange, même réunies aux suivantes.",
            left,
        )
        % {"n": left},
    )
