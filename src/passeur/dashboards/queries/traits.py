"""The traits of an exchange that somebody who writes can choose, in codes, in order and in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.algorithms.measures.working import Tally
from passeur.conversations.choices import Kind
from passeur.conversations.queries.worked import Worked

LENGTHS = (50, 150, 400)
"""Words up to which an opening is of a length; the last length has no end."""
HOURS = (9, 12, 14, 18)
"""Hours at which a part of the day ends; the last part ends at midnight."""
_MONDAY = dt.date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Trait:
    """`of` gives the values of an exchange, `say` one of them in words, `advise` what to try with it."""

    key: str
    name: str | Promise
    question: str | Promise
    of: Callable[[Worked], Iterable[Hashable]]
    say: Callable[[Hashable], str]
    advise: Callable[[str], str]


def tallies(rows: Iterable[Worked], trait: Trait) -> list[Tally[Hashable]]:
    """What each author did with each value, values in their order."""
    sums: dict[tuple[Hashable, int], list[int]] = {}
    for row in rows:
        for value in trait.of(row):
            one = sums.setdefault((value, row.author), [0, 0, 0])
            one[0] += 1
            one[1] += row.helped
            one[2] += row.reached
    return [Tally(value, author, *sums[value, author]) for value, author in sorted(sums, key=str)]


def traits(themes: Mapping[int, list[tuple[int, str, str]]]) -> list[Trait]:
    """All of them; `themes` are those of each exchange, as (key, slug, name)."""
    names: dict[Hashable, str] = {key: name for some in themes.values() for key, _slug, name in some}
    return [
        Trait(
            "theme",
            gettext_lazy("thème"),
            gettext_lazy("Quels thèmes aident ?"),
            lambda row: [key for key, _slug, _name in themes.get(row.pk, ())],
            lambda value: names[value],
            lambda words: _("Lancez davantage d’échanges sur « %(value)s »") % {"value": words},
        ),
        Trait(
            "kind",
            gettext_lazy("forme"),
            gettext_lazy("Quelles formes aident ?"),
            lambda row: [row.kind],
            lambda value: str(Kind(str(value)).label),
            lambda words: _("Choisissez plus souvent la forme « %(value)s »") % {"value": words},
        ),
        Trait(
            "length",
            gettext_lazy("longueur"),
            gettext_lazy("Quelle longueur aide ?"),
            lambda row: [sum(row.words > most for most in LENGTHS)],
            lambda value: _length(int(str(value))),
            lambda words: _("Ouvrez des échanges de cette longueur : %(value)s") % {"value": words},
        ),
        Trait(
            "day",
            gettext_lazy("jour"),
            gettext_lazy("Quel jour lancer un échange ?"),
            lambda row: [timezone.localtime(row.created_at).weekday()],
            lambda value: date_format(_MONDAY + dt.timedelta(days=int(str(value))), "l"),
            lambda words: _("Lancez des échanges ce jour-là : %(value)s") % {"value": words},
        ),
        Trait(
            "hour",
            gettext_lazy("heure"),
            gettext_lazy("À quelle heure lancer un échange ?"),
            lambda row: [sum(timezone.localtime(row.created_at).hour >= end for end in HOURS)],
            lambda value: _part_of_day(int(str(value))),
            lambda words: _("Lancez des échanges à ces heures : %(value)s") % {"value": words},
        ),
        Trait(
            "channel",
            gettext_lazy("canal"),
            gettext_lazy("Quel canal aide ?"),
            lambda row: [row.channel],
            lambda value: str(value) or "Passeur",
            lambda words: _("Lancez davantage d’échanges sur ce canal : %(value)s") % {"value": words},
        ),
    ]


def _length(place: int) -> str:
    if place == 0:
        return _("%(most)s mots au plus") % {"most": LENGTHS[0]}
    if place == len(LENGTHS):
        return _("plus de %(least)s mots") % {"least": LENGTHS[-1]}
    return _("de %(least)s à %(most)s mots") % {"least": LENGTHS[place - 1] + 1, "most": LENGTHS[place]}


def _part_of_day(place: int) -> str:
    if place == 0:
        return _("avant %(end)s h") % {"end": HOURS[0]}
    if place == len(HOURS):
        return _("après %(start)s h") % {"start": HOURS[-1]}
    return _("de %(start)s h à %(end)s h") % {"start": HOURS[place - 1], "end": HOURS[place]}
