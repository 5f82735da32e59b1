"""What to try next: where a try could gain most, among what is not known yet.

A difference that is real needs no try, and one that is surely small is not worth one. Nor is what helped
less often than the rest so far: nobody can be asked to do more of it. The worth of a try is
what it would gain on average if what is better were kept and the rest dropped: `E[max(0, d)]` of a difference
d that is normal around what was seen, times the pieces that could be moved (the expected value of
information; Raiffa & Schlaifer, 1961).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from passeur.algorithms.measures.change import Change
from passeur.algorithms.measures.estimates import LEVEL, deviations
from passeur.algorithms.measures.working import Finding

POWER = 0.8
LEAST_GAIN = 0.05
"""Of the share that helps, at best: for less, nobody changes how they write."""
V = TypeVar("V", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Proposal(Generic[V]):
    """A value worth trying more: what it would gain at best (bound of the interval), and pieces that would
    tell.

    `gain` is in shares of pieces that help, `worth` in pieces that help, over as many pieces as were looked
    at; `needed` pieces with the value, and as many without, would show half of the gain in 4 tries of 5.
    """

    finding: Finding[V]
    gain: float
    worth: float
    needed: int


def worth_trying(findings: Iterable[Finding[V]], most: int = 3) -> list[Proposal[V]]:
    """At most one of each trait, the worthiest first. Empty when nothing could gain, or all is known."""
    best: dict[str, Proposal[V]] = {}
    for finding in findings:
        found = finding.useful_change
        if found.difference is None or found.before is None or found.real or found.difference < 0:
            continue
        gain = min(
            found.interval.high, 1 - found.before
        )  # where nearly all others help, little can be gained
        worth = expected_gain(found) * finding.others
        if gain < LEAST_GAIN or worth <= 0:
            continue
        known = best.get(finding.trait)
        if known is None or worth > known.worth:
            best[finding.trait] = Proposal(finding, gain, worth, pieces_to_tell(found.before, gain / 2))
    return sorted(best.values(), key=lambda one: -one.worth)[:most]


def expected_gain(found: Change) -> float:
    """`E[max(0, d)]` of a difference whose interval is known: σ φ(d/σ) + d Φ(d/σ)."""
    if found.difference is None:
        return 0.0
    deviation = (found.interval.high - found.interval.low) / (2 * deviations(found.level))
    if not math.isfinite(deviation) or deviation <= 0:
        return max(0.0, found.difference)
    z = found.difference / deviation
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    return deviation * density + found.difference * (1 + math.erf(z / math.sqrt(2))) / 2


def pieces_to_tell(share: float, gain: float, *, level: float = LEVEL, power: float = POWER) -> int:
    """Pieces on each side that show `gain` (> 0) over `share` with this power (Fleiss, 1981, without
    correction).

    The share after the gain is taken as 1 at most.
    """
    after = min(share + gain, 1.0)
    z = deviations(level) + deviations(2 * power - 1)
    return max(1, math.ceil(z * z * (share * (1 - share) + after * (1 - after)) / (after - share) ** 2))
