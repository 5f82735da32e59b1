"""Findings of *What works* in words: what stands out, and what is worth a try."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from passeur.algorithms.measures.change import Change
from passeur.algorithms.measures.trying import Proposal
from passeur.algorithms.measures.working import Finding
from passeur.foundation import typography
from passeur.foundation.charts import Unit, say

from ..protocols import Idea
from .traits import Trait

MOST_SAID = 2
WEEKS_OF_A_MONTH = 365.25 / 12 / 7
LONGEST_TRY = 24
"""Months: for longer, nobody waits for a proof."""


def sentence(findings: Sequence[Finding[Hashable]], chosen: Mapping[str, Trait]) -> str:
    """What stands out, the surest first.

    Of two values of a trait, what is more of one is less of the other: it is said once, of the one with more.
    """
    said: list[tuple[float, str]] = []
    for one in findings:
        trait = chosen[one.trait]
        beside = [other for other in findings if other.trait == one.trait]
        useful, reach = one.useful_change, one.reach_change
        words = {"exchanges": trait.among(trait.say(one.value))}
        if useful.real and not _is_mirrored(useful, [other.useful_change for other in beside]):
            text = (
                _("%(exchanges)s aident plus souvent que les autres : %(here)s contre %(rest)s.")
                if (useful.difference or 0.0) > 0
                else _("%(exchanges)s aident moins souvent que les autres : %(here)s contre %(rest)s.")
            )
            figures = {"here": say(useful.after, Unit.SHARE), "rest": say(useful.before, Unit.SHARE)}
            said.append((useful.p, text % (words | figures)))
        if reach.real and not _is_mirrored(reach, [other.reach_change for other in beside]):
            text = (
                _("%(exchanges)s touchent plus de personnes que les autres : %(here)s contre %(rest)s.")
                if (reach.difference or 0.0) > 0
                else _("%(exchanges)s touchent moins de personnes que les autres : %(here)s contre %(rest)s.")
            )
            figures = {"here": people(reach.after), "rest": people(reach.before)}
            said.append((reach.p, text % (words | figures)))
    if not said:
        return _("Rien ne se démarque nettement : ce que montrent les écarts peut être dû au hasard.")
    return " ".join(words for _p, words in sorted(said)[:MOST_SAID])


def idea(proposal: Proposal[Hashable], trait: Trait, weeks: int) -> Idea:
    """What to try, why, and how long it takes: its exchanges and the others came in so many weeks."""
    one = proposal.finding
    found = one.useful_change
    low, high = (points_of(bound) for bound in (found.interval.low, found.interval.high))
    reason = _(
        "%(here)s des %(pieces)s échanges ainsi faits ont aidé, contre %(rest)s des autres : l’écart vrai "
        "est entre %(low)s et %(high)s points. Environ %(needed)s échanges ainsi et autant autrement "
        "diraient s’il atteint %(half)s."
    ) % {
        "here": say(found.after, Unit.SHARE),
        "rest": say(found.before, Unit.SHARE),
        "pieces": say(one.pieces, Unit.COUNT),
        "low": low,
        "high": high,
        "needed": say(proposal.needed, Unit.COUNT),
        "half": ngettext("%(n)s point", "%(n)s points", round(proposal.gain * 50))
        % {"n": round(proposal.gain * 50)},
    }
    months = 2 * proposal.needed / (one.pieces + one.others) * weeks / WEEKS_OF_A_MONTH
    return Idea(trait.advise(trait.say(one.value)), f"{reason} {_pace(math.ceil(months))}")


def people(number: float | None) -> str:
    """A mean number of people."""
    if number is None or not math.isfinite(number):
        return "–"
    return typography.number(number, decimals=1, language=get_language() or "fr")


def _is_mirrored(found: Change, beside: Sequence[Change]) -> bool:
    """Whether it is less, and the other of two values has it as more."""
    return (found.difference or 0.0) < 0 and any(
        (other.before, other.after) == (found.after, found.before) for other in beside
    )


def _pace(months: int) -> str:
    if months > LONGEST_TRY:
        return _(
            "Au rythme d’aujourd’hui il y faudrait plus de deux ans : essayez pour voir, sans en attendre "
            "de preuve."
        )
    return ngettext(
        "Au rythme d’aujourd’hui, il y faut un mois.",
        "Au rythme d’aujourd’hui, il y faut %(n)s mois.",
        months,
    ) % {"n": months}


def points_of(share: float) -> str:
    """« −26 »: of a difference of shares."""
    points = round(share * 100)
    return ("−" if points < 0 else "+") + typography.number(abs(points), decimals=0)
