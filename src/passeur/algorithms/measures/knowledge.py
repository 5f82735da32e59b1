"""What a community knows, on how few people it hangs, how fresh and how useful it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from passeur.algorithms.measures.estimates import LEVEL, Share


def absence_factor(accepted: Iterable[float]) -> int:
    """The smallest k whose top k people hold at least half of the accepted answers (CHAOSS); 0 of none.

    `accepted` has a count for each person.
    """
    counts = sorted((count for count in accepted if count > 0), reverse=True)
    total, held = sum(counts), 0.0
    for k, count in enumerate(counts, 1):
        held += count
        if 2 * held >= total * (1 - 1e-9):  # shares of ways are sums of fractions
            return k
    return 0


def is_fragile(factor: int, demand: int) -> bool:
    """Whether a theme that people ask about (demand > 0) hangs on one person."""
    return factor == 1 and demand > 0


def concentration(amounts: Iterable[float]) -> float | None:
    """Herfindahl: `Σ share²`, from 1/n when n people hold alike to 1 when one holds all; None of nothing."""
    held = [amount for amount in amounts if amount > 0]
    total = sum(held)
    return sum((amount / total) ** 2 for amount in held) if held else None


def unmet_demand(unanswered: int, searches_without_result: int) -> int:
    """What people asked for and did not get: questions nobody answered, searches that found nothing."""
    return unanswered + searches_without_result


def freshness(days_since_verified: float | None, interval: float) -> float:
    """`2^(−days / interval)`, in (0, 1]: half after one interval (> 0 days). 0 if it was never verified.

    Reading does not reset the clock: only a person who looked at it and says that it still holds.
    """
    if days_since_verified is None:
        return 0.0
    return float(2.0 ** (-max(days_since_verified, 0.0) / interval))


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource, or `count` of them alike: whether they are in date, how often they were opened in all."""

    verified: bool
    views: int
    count: int = 1


def verified_share(resources: Iterable[Resource]) -> tuple[Share, Share]:
    """Verified ones over all, plain and by views: what people really meet."""
    every = list(resources)
    verified = [resource for resource in every if resource.verified]
    return (
        Share(sum(one.count for one in verified), sum(one.count for one in every)),
        Share(sum(one.views for one in verified), sum(one.views for one in every)),
    )


def usefulness(useful: int, not_useful: int, level: float = LEVEL) -> float | None:
    """Wilson's lower bound of useful / (useful + not useful): few votes do not make a thing the best of all.

    None without votes.
    """
    votes = Share(useful, useful + not_useful)
    return votes.interval(level).low if votes.of else None
