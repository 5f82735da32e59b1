"""Below which value a share of a distribution lies.

By scipy, which is loaded when the first one is asked for: every process of Passeur begins by reading all
rooms, and few of them ever measure anything.
"""

from __future__ import annotations

from typing import cast


def normal(share: float) -> float:
    """Of the standard normal distribution; `share` lies between 0 and 1."""
    from scipy.special import ndtri

    return cast("float", ndtri(share))


def student(freedom: float, share: float) -> float:
    """Of Student's distribution with so many degrees of freedom."""
    from scipy.special import stdtrit

    return cast("float", stdtrit(freedom, share))
