"""What lasts, on *Content and searches*: how much of it was looked at in time, and how it reads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from passeur.algorithms.measures.readability import Grade, Readability
from passeur.engagement import queries as engagement
from passeur.engagement.queries import Known, Withheld
from passeur.foundation.charts import Cell, Drawable, Rows, Table, Unit, say

from ..protocols import Difference, Slice, Tile
from . import bases
from .definitions import texts
from .facts import is_of_one_block
from .measures import Measure

LIST = "due"
"""The tile that a list stands behind."""
_AT_THE_END = gettext_lazy("%(value)s à la fin de la période d’avant")
_DURING = gettext_lazy("%(value)s dans la période d’avant")
_LANGUAGES = {0: texts.READS_FRENCH, 1: texts.READS_ENGLISH}
_Reading = dict[int, tuple[int, Readability]]


@dataclass(frozen=True, slots=True)
class Lasting:
    """What lasts in a part, now and at the end of the period before, and how what came to last reads."""

    now: Known | Withheld
    past: Known | None
    met_before: float | None
    reading: _Reading | Withheld
    read_before: _Reading
    is_now: bool


def of(part: Slice, sight: engagement.Slice) -> Lasting | None:
    """Of a part of communities; None of a team, which has no texts. Fourteen queries."""
    if part.team:
        return None
    before = engagement.previous(sight)
    past, read_before = engagement.what_lasts(before), engagement.how_it_reads(before)
    is_the_same = is_of_one_block(sight, before)
    return Lasting(
        engagement.what_lasts(sight),
        None if isinstance(past, Withheld) or not past.texts else past,
        None if isinstance(past, Withheld) or is_the_same else past.met.value,
        engagement.how_it_reads(sight),
        {} if isinstance(read_before, Withheld) or is_the_same else read_before,
        engagement.is_now(sight),
    )


def is_something(found: Lasting | None) -> bool:
    """Whether anything of it is told."""
    return found is not None and isinstance(found.now, Known) and found.now.texts > 0


def verified(found: Lasting) -> Measure:
    """The verified share, judged with the other figures of the page."""
    now = found.now if isinstance(found.now, Known) and found.now.texts else None
    return Measure(
        texts.VERIFIED,
        Unit.SHARE,
        now.verified if now else None,
        found.past.verified if now and found.past else None,
        bases.texts(now.verified) if now else "",
        _("Une plus grande part des textes est vérifiée à temps."),
        _("Une moins grande part des textes est vérifiée à temps."),
        has_list=False,
        why_no_list=_("La liste utile est celle des textes à relire."),
    )


def headed(made: Sequence[Tile]) -> tuple[Tile, ...]:
    """The same, with the verified share under the heading of what lasts."""
    return tuple(replace(one, heading=_heading()) if one.key == "verified" else one for one in made)


def listed(part: Slice, sight: engagement.Slice) -> Sequence[int] | None:
    """The exchanges whose texts are to be read again today; None where that is not told."""
    if part.team or not engagement.is_now(sight):
        return None
    return engagement.to_check(sight) or None


def _heading() -> str:
    return _("Ce qui reste vrai")


def tiles(found: Lasting) -> tuple[Tile, ...]:
    """The other figures: of all there is, without an interval, so that none is ever called a change."""
    if isinstance(found.now, Withheld) or not found.now.texts:
        return ()
    now, past = found.now, found.past
    met = now.met.value
    made = [
        Tile.of(
            texts.DUE,
            Unit.COUNT,
            say(now.due, Unit.COUNT),
            value=float(now.due),
            base=_outdated(now.outdated),
            difference=_before(past.due if past else None, now.due, Unit.COUNT),
            has_list=found.is_now and now.due > 0,
            why_no_list=_why_no_list(found, now),
        ),
        Tile.of(
            texts.MET,
            Unit.SHARE,
            say(met, Unit.SHARE) if met is not None else "–",
            value=met,
            base=bases.visits(now.met) if now.met.of else _("Trop peu y ont écrit ou réagi"),
            difference=_before(found.met_before, met, Unit.SHARE, _DURING),
            why_no_list=_("Ce sont des passages, sans liste : elle dirait qui."),
        ),
        Tile.of(
            texts.FRESHNESS,
            Unit.RATIO,
            say(now.freshness, Unit.RATIO),
            value=now.freshness,
            base=_("à relire sous 0,5"),
            difference=_before(past.freshness if past else None, now.freshness, Unit.RATIO),
            why_no_list=_("Dite de tous les textes, sans liste."),
        ),
    ]
    return tuple(replace(tile, heading=_heading()) for tile in [*made, *_reads(found)])


def charts(found: Lasting) -> tuple[Drawable, ...]:
    """How long ago what lasts was looked at, as a table."""
    made: list[Drawable] = []
    if isinstance(found.now, Known) and found.now.texts:
        made.append(_ages(found.now, found.past))
    return tuple(made)


def _reads(found: Lasting) -> list[Tile]:
    """A tile for each language. Of too few people, or too few words, there is none."""
    if isinstance(found.reading, Withheld):
        return []
    made = []
    for language, (count, one) in sorted(found.reading.items()):
        _texts, past = found.read_before.get(language, (0, None))
        about = _LANGUAGES[language]
        made.append(
            Tile.of(
                about,
                Unit.RATIO,
                grade(one.grade),
                value=float(round(one.ease)),  # exact ones could be taken apart
                base=ngettext("%(ease)s sur 100, %(n)s texte", "%(ease)s sur 100, %(n)s textes", count)
                % {"ease": say(round(one.ease), Unit.COUNT), "n": say(count, Unit.COUNT)},
                difference=_before_in_words(grade(past.grade), past.ease, one.ease) if past else None,
                why_no_list=_("Dite de textes ensemble, jamais d’un seul."),
                also=str(about.source) + ".",
            )
        )
    return made


def grade(of: Grade) -> str:
    """Flesch's grade in words."""
    return {
        Grade.VERY_EASY: pgettext("lecture", "Très facile"),
        Grade.EASY: pgettext("lecture", "Facile"),
        Grade.RATHER_EASY: pgettext("lecture", "Assez facile"),
        Grade.PLAIN: pgettext("lecture", "Moyenne"),
        Grade.RATHER_HARD: pgettext("lecture", "Assez difficile"),
        Grade.HARD: pgettext("lecture", "Difficile"),
        Grade.VERY_HARD: pgettext("lecture", "Très difficile"),
    }[of]


def _why_no_list(found: Lasting, now: Known) -> str:
    if not found.is_now:
        return _("La liste est celle d’aujourd’hui : choisissez une période qui finit maintenant.")
    return "" if now.due else _("Rien n’est à relire.")


def _outdated(n: int) -> str:
    if not n:
        return _("Aucun signalé comme dépassé")
    return ngettext("Dont %(n)s signalé comme dépassé", "Dont %(n)s signalés comme dépassés", n) % {
        "n": say(n, Unit.COUNT)
    }


def _before(
    past: float | None, now: float | None, unit: Unit, when: str | Promise = _AT_THE_END
) -> Difference | None:
    if past is None or now is None:
        return None
    return _before_in_words(say(past, unit), past, now, when)


def _before_in_words(words: str, past: float, now: float, when: str | Promise = _DURING) -> Difference:
    return Difference(str(when) % {"value": words}, now - past, real=False, is_past=True)


def _ages(now: Known, past: Known | None) -> Drawable:
    after, before = _by_age(now), _by_age(past) if past else None
    rows: Sequence[tuple[Cell, ...]] = [
        (
            Cell(name),
            Cell(say(n, Unit.COUNT), n),
            Cell("–") if before is None else Cell(say(before[name], Unit.COUNT), before[name]),
        )
        for name, n in after.items()
    ]
    title = _("Depuis quand a-t-on vérifié ?")
    head = (_("Dernière vérification"), _("Textes"), _("Période d’avant"))
    return Rows("fraicheur", title, Table(title, head, tuple(rows)))


def _by_age(known: Known) -> dict[str, int]:
    """By how long ago, how many texts."""
    outdated = _("Signalé comme dépassé")
    until = {
        91: _("Moins de trois mois"),
        182: _("De trois à six mois"),
        365: _("De six mois à un an"),
        math.inf: _("Plus d’un an"),
    }
    counts = dict.fromkeys((*until.values(), outdated), 0)
    for days, _interval, n in known.ages:
        name = outdated if days is None else next(name for end, name in until.items() if days < end)
        counts[name] += n
    return counts
