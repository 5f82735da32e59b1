"""Whether two people who do not know each other should be introduced."""

from __future__ import annotations


def introduction_score(closeness: float, chance_of_a_reply: float, under_way: int, cap: int) -> float:
    """Closeness of interests × probability of a reply × spare capacity, each and the product in [0, 1].

    Capacity is what is left of `cap` ≥ 1 introductions that a person takes at a time, of which `under_way`
    run. A product, because any of the three at 0 is a reason not to: with a sum, a busy person would be asked
    for ever.
    """
    spare = max(0.0, 1 - under_way / cap)
    return min(max(closeness, 0.0), 1.0) * min(max(chance_of_a_reply, 0.0), 1.0) * spare
