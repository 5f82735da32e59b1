"""Figures of a report as they are kept for the next one: numbers by the kind of their estimate, of nobody."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from passeur.algorithms.measures.estimates import Estimate, Share
from passeur.algorithms.measures.rates import Bursts, Rate
from passeur.algorithms.measures.survival import Quantile, Survival
from passeur.dashboards.queries.pulse import Repeated

Estimates = Mapping[str, Estimate]
Written = dict[str, Any]


def written(figures: Estimates) -> Written:
    """As JSON."""
    return {key: _written(figure) for key, figure in figures.items()}


def read(kept: Written) -> dict[str, Estimate]:
    """The figures that `written` was given."""
    return {key: _read(kind, values) for key, (kind, *values) in kept.items()}


def _written(figure: Estimate) -> list[Any]:
    match figure:
        case Share(count, of):
            return ["share", count, of]
        case Repeated(Share(count, of), blocks):
            return ["repeated", count, of, blocks]
        case Rate(count, exposure, Bursts(dispersion, freedom)):
            return ["rate", count, exposure, dispersion, freedom if math.isfinite(freedom) else None]
        case Quantile(curve, share):
            steps = [some.tolist() for some in (curve.times, curve.share, curve.log_variance)]
            return ["waits", share, *steps, curve.n, curve.known_until, curve.straight]
    raise TypeError(figure)


def _read(kind: str, values: list[Any]) -> Estimate:
    if kind == "share":
        return Share(*values)
    if kind == "repeated":
        *share, blocks = values
        return Repeated(Share(*share), blocks)
    if kind == "rate":
        count, exposure, dispersion, freedom = values
        return Rate(count, exposure, Bursts(dispersion, math.inf if freedom is None else freedom))
    share, times, shares, variances, n, known_until, straight = values
    times, shares, variances = (np.asarray(some, dtype=np.float64) for some in (times, shares, variances))
    return Quantile(Survival(times, shares, variances, n, known_until, straight), share)
