"""The traits of an exchange that somebody who writes can choose, in codes, in order and in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from numpy.typing import NDArray

from passeur.algorithms.measures.working import Tallies
from passeur.conversations.choices import Kind
from passeur.engagement.queries import Worked
from passeur.engagement.queries.values import HOURS, LENGTHS, VALUES
from passeur.skills import queries as skills

_MONDAY = dt.date(2024, 1, 1)


Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Trait:
    """`of` gives, in two columns, places of exchanges and the place in `values` of a value that each has.

    `say` gives a value in words; of these words, `among` makes the exchanges that have it, as the subject of
    a sentence, and `advise` what to try. Values are in the order of their words.
    """

    key: str
    name: str | Promise
    question: str | Promise
    values: Sequence[Hashable]
    of: Callable[[Worked], tuple[Places, Places]]
    say: Callable[[Hashable], str]
    among: Callable[[str], str]
    advise: Callable[[str], str]


def tallies(rows: Worked, trait: Trait) -> Tallies[Hashable]:
    """What each did with each value, values in their order."""
    place, value = trait.of(rows)
    order = np.argsort(value, kind="stable")
    place, value = place[order], value[order]
    return Tallies(
        trait.values, value, rows.author[place], np.ones_like(value), rows.useful[place], rows.reached[place]
    )


def of_themes(themes: Sequence[int], above: Mapping[int, int | None], rows: Worked) -> tuple[Places, Places]:
    """Which exchanges are in each of these themes, or in one below it."""
    once, place = np.unique(rows.theme, return_inverse=True)
    ways = [skills.way_up(theme, above) for theme in once.tolist()]
    found: list[tuple[Places, Places]] = []
    for number, theme in enumerate(themes):
        is_within = np.asarray([theme in way for way in ways], dtype=bool)
        exchanges = np.unique(rows.themed[is_within[place]])
        found.append((exchanges, np.full_like(exchanges, number)))
    none = np.empty(0, dtype=np.int64)
    exchanges, numbers = (np.concatenate([none, *some]) for some in zip((none, none), *found, strict=True))
    return exchanges, numbers


def traits(
    themes: Mapping[int, str], above: Mapping[int, int | None], channels: Mapping[int, str]
) -> list[Trait]:
    """All of them; `themes` are names, `above` says which theme is below which, `channels` are addresses."""
    keys = sorted(themes, key=lambda key: f"{key},")
    kinds = sorted(Kind.values)
    addresses = sorted({"", *channels.values()})
    return [
        Trait(
            "theme",
            gettext_lazy("thème"),
            gettext_lazy("Quels thèmes aident ?"),
            keys,
            lambda rows: of_themes(keys, above, rows),
            lambda value: themes[int(str(value))],
            lambda words: _("Les échanges sur « %(value)s »") % {"value": words},
            lambda words: _("Lancez davantage d’échanges sur « %(value)s »") % {"value": words},
        ),
        Trait(
            "kind",
            gettext_lazy("forme"),
            gettext_lazy("Quelles formes aident ?"),
            kinds,
            lambda rows: _each(np.asarray([kinds.index(kind) for kind in rows.kinds], np.int64)[rows.kind]),
            lambda value: str(Kind(str(value)).label),
            lambda words: _("Les échanges de forme « %(value)s »") % {"value": words},
            lambda words: _("Choisissez plus souvent la forme « %(value)s »") % {"value": words},
        ),
        Trait(
            "length",
            gettext_lazy("longueur"),
            gettext_lazy("Quelle longueur aide ?"),
            range(len(LENGTHS) + 1),
            lambda rows: _each(VALUES["length"](rows)),
            lambda value: _length(int(str(value))),
            lambda words: _("Les échanges de %(value)s") % {"value": words},
            lambda words: _("Ouvrez davantage d’échanges de %(value)s") % {"value": words},
        ),
        Trait(
            "day",
            gettext_lazy("jour"),
            gettext_lazy("Quel jour lancer un échange ?"),
            range(7),
            lambda rows: _each(VALUES["day"](rows)),
            lambda value: date_format(_MONDAY + dt.timedelta(days=int(str(value))), "l"),
            lambda words: _("Les échanges lancés le %(day)s") % {"day": words},
            lambda words: _("Lancez davantage d’échanges le %(day)s") % {"day": words},
        ),
        Trait(
            "hour",
            gettext_lazy("heure"),
            gettext_lazy("À quelle heure lancer un échange ?"),
            range(len(HOURS) + 1),
            lambda rows: _each(VALUES["hour"](rows)),
            lambda value: _part_of_day(int(str(value))),
            lambda words: _("Les échanges lancés %(hours)s") % {"hours": words},
            lambda words: _("Lancez davantage d’échanges %(hours)s") % {"hours": words},
        ),
        Trait(
            "channel",
            gettext_lazy("canal"),
            gettext_lazy("Quel canal aide ?"),
            addresses,
            lambda rows: _each(_addressed(VALUES["channel"](rows), channels, addresses)),
            lambda value: str(value) or "Passeur",
            lambda words: _("Les échanges venus de %(channel)s") % {"channel": words},
            lambda words: _("Lancez davantage d’échanges sur %(channel)s") % {"channel": words},
        ),
    ]


def _each(values: NDArray[np.signedinteger[Any]]) -> tuple[Places, Places]:
    """One value of each exchange."""
    return np.arange(len(values)), values.astype(np.int64)


def _addressed(given: Places, channels: Mapping[int, str], addresses: Sequence[str]) -> Places:
    """The place of the address of each channel; one that is gone has none, as what came from nowhere."""
    once, place = np.unique(given, return_inverse=True)
    of = [addresses.index(channels.get(channel, "")) for channel in once.tolist()]
    found: Places = np.asarray(of, dtype=np.int64)[place]
    return found


def _length(place: int) -> str:
    if place == 0:
        return _("%(most)s mots au plus") % {"most": LENGTHS[0]}
    if place == len(LENGTHS):
        return _("plus de %(least)s mots") % {"least": LENGTHS[-1]}
    return _("%(least)s à %(most)s mots") % {"least": LENGTHS[place - 1] + 1, "most": LENGTHS[place]}


def _part_of_day(place: int) -> str:
    if place == 0:
        return _("avant %(end)s h") % {"end": HOURS[0]}
    if place == len(HOURS):
        return _("après %(start)s h") % {"start": HOURS[-1]}
    return _("de %(start)s h à %(end)s h") % {"start": HOURS[place - 1], "end": HOURS[place]}
