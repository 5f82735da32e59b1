"""What became of questions: their estimates, which may be kept, and the figures that are said of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.algorithms.measures.estimates import Estimate, Share
from passeur.algorithms.measures.rates import Rate
from passeur.algorithms.measures.survival import Quantile
from passeur.engagement.queries import Counted
from passeur.foundation.charts import Unit, say

from ..protocols import Definition
from . import bases
from .definitions import exchanges
from .facts import rate
from .measures import Figures, Measure

HOUR = 3600.0
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
