"""What became of questions: their estimates, which may be kept, and the figures that are said of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.algorithms.measures.estimates import Estimate, Share
from passeur.algorithms.measures.rates import Rate
from passeur.algorithms.measures.survival import Quantile
from passeur.engagement.queries import Counted
from passeur.foundation.charts import Lines, Point, Series, Unit, say

from ..protocols import Definition
from . import bases
from .definitions import exchanges
from .facts import rate
from .measures import Figures, Measure

HOUR = 3600.0
HOURS = (12, 24, 36, 48, 60, 72)
"""After which a report says how many still wait."""
REPLIED = "replied"
"""The estimate of how many were replied to, which is said below the median."""


def measures_of(now: Counted, before: Counted | None) -> list[Measure]:
    """The figures of questions; those of too few people are withheld."""
    return measures_from(figures_of(now, before))


def figures_of(now: Counted, before: Counted | None) -> Figures:
    """The estimates of questions by the key of their figure; none of those of too few people."""
    if now.is_nothing:
        return Figures({}, {})
    count, count_before = rate(now, before)
    found = _estimates(now, count)
    past = {} if before is None or count_before is None else _estimates(before, count_before)
    if before is not None and before.welcomes_as(now):
        past.pop(exchanges.NEWCOMERS.key, None)
    return Figures(found, past)


def _estimates(some: Counted, count: Rate) -> dict[str, Estimate]:
    made: dict[str, Estimate] = {
        exchanges.FIRST_REPLY.key: some.waits.median,
        REPLIED: some.replied,
        exchanges.WITHIN_GOAL.key: some.goal,
        exchanges.RESOLVED.key: some.outcomes.resolved,
        exchanges.UNANSWERED.key: some.outcomes.unanswered,
        exchanges.ASKED.key: count,
    }
    if some.newcomers is not None:
        made[exchanges.NEWCOMERS.key] = some.newcomers
    return made


def measures_from(figures: Figures) -> list[Measure]:
    """The figures of questions, of estimates that were counted now or kept; without one, it is withheld.

    An estimate that only says more of another may be missing: then that is not said.
    """

    def measure(
        about: Definition,
        unit: Unit,
        rises: str,
        falls: str,
        *,
        said: Callable[[Share], str] = bases.questions,
        **more: Any,
    ) -> Measure:
        after, before = figures.after.get(about.key), figures.before.get(about.key)
        base = said(after) if isinstance(after, Share) else ""
        return Measure(about, unit, after, before, **{"base": base, "rises": rises, "falls": falls} | more)

    count = figures.after.get(exchanges.ASKED.key)
    return [
        measure(
            exchanges.FIRST_REPLY,
            Unit.DURATION,
            _("On répond moins vite."),
            _("On répond plus vite."),
            base=_answered(figures.after.get(REPLIED)),
            more_is_better=False,
            missing=_("Plus de la moitié attend"),
            also=_later(figures.after.get(exchanges.FIRST_REPLY.key)),
        ),
        measure(
            exchanges.WITHIN_GOAL,
            Unit.SHARE,
            _("Plus de questions ont leur réponse dans l’objectif."),
            _("Moins de questions ont leur réponse dans l’objectif."),
        ),
        measure(
            exchanges.RESOLVED,
            Unit.SHARE,
            _("Une plus grande part des questions est résolue."),
            _("Une moins grande part des questions est résolue."),
        ),
        measure(
            exchanges.UNANSWERED,
            Unit.SHARE,
            _("Plus de questions restent sans réponse."),
            _("Moins de questions restent sans réponse."),
            said=bases.late_questions,
            more_is_better=False,
        ),
        measure(
            exchanges.NEWCOMERS,
            Unit.SHARE,
            _("Plus de nouveaux reçoivent vite une réponse."),
            _("Moins de nouveaux reçoivent vite une réponse."),
            said=bases.first_questions,
        ),
        measure(
            exchanges.ASKED,
            Unit.COUNT,
            _("On pose plus de questions."),
            _("On pose moins de questions."),
            factor=count.exposure if isinstance(count, Rate) else 1.0,
        ),
    ]


def _answered(replied: Estimate | None) -> str:
    """How many have their reply, below the median."""
    if not isinstance(replied, Share):
        return ""
    return ngettext(
        "médiane · %(n)s question sur %(of)s a sa réponse",
        "médiane · %(n)s questions sur %(of)s ont leur réponse",
        replied.count,
    ) % {"n": say(replied.count, Unit.COUNT), "of": say(replied.of, Unit.COUNT)}


def _later(median: Estimate | None) -> str:
    """How many wait a day and three days later, after the definition of the median."""
    if not isinstance(median, Quantile):
        return ""
    late = [say(median.survival.at(hours * HOUR).value, Unit.SHARE) for hours in (24, 72)]
    return _("À 24 h, %(day)s attendent encore ; à 72 h, %(days)s.") % {"day": late[0], "days": late[1]}


def waits_of(now: Counted, before: Counted | None) -> Figures:
    """The estimates of how many still wait after each of `HOURS`."""
    return Figures(_waits(now), {} if before is None else _waits(before))


def _waits(some: Counted) -> dict[str, Estimate]:
    return {_key(hour): share for hour, share in zip(HOURS, some.without_reply(HOURS), strict=False)}


def _key(hour: int) -> str:
    return f"waits-{hour}"


def still_waiting(figures: Figures) -> Lines | None:
    """How many still wait, each half day: what is drawn is as fine as what is said, and says no more.

    None where weeks that were over so long ago are none, or where these estimates were not kept.
    """
    now, before = ([one.get(_key(hour)) for hour in HOURS] for one in (figures.after, figures.before))
    shares = [share for share in now if isinstance(share, Share)]
    past = [share for share in before if isinstance(share, Share)]
    if len(shares) < len(HOURS):
        return None
    series = [Series(_("Cette période"), (Point(1.0, 1.0, 1.0), *map(_point, shares)))]
    asked = say(shares[0].of, Unit.COUNT)
    words = _("Part des questions encore sans réponse, sur %(n)s : %(shares)s.")
    said = [words % {"n": asked, "shares": _in_words(shares)}]
    if len(past) == len(HOURS):
        points = (Point(1.0), *(Point(_point(share).value) for share in past))
        series.append(Series(_("Période d’avant"), points, is_reference=True))
        said.append(_("Période d’avant : %(shares)s.") % {"shares": _in_words(past)})
    return Lines(
        "attente",
        _("Combien attendent encore, et depuis quand ?"),
        " ".join(said),
        Unit.SHARE,
        _("Après"),
        tuple(_("%(n)s h") % {"n": hour} for hour in (0, *HOURS)),
        tuple(series),
        note=ngettext(
            "Sur %(n)s question des semaines finies depuis trois jours au moins, comptée toutes les douze "
            "heures ; entre deux, une droite. Close sans réponse, elle reste sans réponse.",
            "Sur %(n)s questions des semaines finies depuis trois jours au moins, comptées toutes les douze "
            "heures ; entre deux, une droite. Celles qu’on a closes sans réponse restent sans réponse.",
            shares[0].of,
        )
        % {"n": asked},
    )


def _point(share: Share) -> Point:
    """To the whole percent, as it is said."""
    bounds = share.interval()
    value, low, high = (round(one, 2) for one in (share.value or 0.0, bounds.low, bounds.high))
    return Point(value, low, high)


def _in_words(shares: Sequence[Share]) -> str:
    return " ; ".join(
        _("après %(n)s h, %(share)s") % {"n": hour, "share": say(share.value, Unit.SHARE)}
        for hour, share in zip(HOURS, shares, strict=True)
    )
