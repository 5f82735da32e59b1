"""How well routing would have done on a community's own past, beside the baselines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from passeur.algorithms.evaluation.baselines import BASELINES
from passeur.algorithms.evaluation.measures import Interval, gini, hit, paired_difference, reciprocal_rank
from passeur.algorithms.evaluation.replay import OURS, Replay, Trial, replay
from passeur.algorithms.routing.evidence import Past
from passeur.algorithms.routing.fairness import FairLists

MAX_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over `n` questions, each in [0, 1]."""

    n: int
    hit_1: float
    hit_5: float
    mrr_10: float

    def as_json(self) -> dict[str, float]:
        """With the customary names."""
        return {"n": self.n, "hit@1": self.hit_1, "hit@5": self.hit_5, "mrr@10": self.mrr_10}


@dataclass(frozen=True, slots=True)
class MethodReport:
    """One method. `max_share`: part of the top-5 lists that the most listed person is in.

    `gini`: of the number of top-5 lists by person, over all known answerers.
    """

    any: Scores
    accepted: Scores
    without_busiest: Scores
    max_share: float
    gini: float

    def as_json(self) -> dict[str, Any]:
        """Nested objects, as `passeur evaluate routing --json` prints them."""
        return {
            "any": self.any.as_json(),
            "accepted": self.accepted.as_json(),
            "without_busiest": self.without_busiest.as_json(),
            "max_share": self.max_share,
            "gini": self.gini,
        }


@dataclass(frozen=True, slots=True)
class LoadCapReport:
    """Lists with nobody in more than `cap` of them: what was reached, and what it costs in hit@5."""

    cap: float
    max_share: float
    hit_5: float
    cost: float
    gini: float

    def as_json(self) -> dict[str, float]:
        """With the customary names."""
        return {
            "cap": self.cap,
            "max_share": self.max_share,
            "hit@5": self.hit_5,
            "cost": self.cost,
            "gini": self.gini,
        }


@dataclass(frozen=True, slots=True)
class RoutingReport:
    """All figures of one community. `share`: scored questions over all test questions, in [0, 1]."""

    community: str
    n: int
    share: float
    routing: MethodReport
    baselines: dict[str, MethodReport]
    intervals: dict[str, dict[str, Interval]]
    load_cap: LoadCapReport

    def as_json(self) -> dict[str, Any]:
        """The object of one community in the output of `passeur evaluate routing --json`."""
        return {
            "community": self.community,
            "n": self.n,
            "share": self.share,
            "routing": self.routing.as_json(),
            "baselines": {name: report.as_json() for name, report in self.baselines.items()},
            "intervals": {
                name: {figure: asdict(interval) for figure, interval in figures.items()}
                for name, figures in self.intervals.items()
            },
            "load_cap": self.load_cap.as_json(),
            "max_share": self.routing.max_share,
            "gini": self.routing.gini,
        }


def evaluate_routing(past: Past, since: float | None = None, max_share: float = MAX_SHARE) -> RoutingReport:
    """Replay `past` and score it; `since` (UNIX s) instead of the last fifth of answers."""
    return report(past.community, replay(past, since), max_share)


def report(community: str, played: Replay, max_share: float = MAX_SHARE) -> RoutingReport:
    """Figures of a replay that was played before."""
    trials = played.trials
    return RoutingReport(
        community=community,
        n=len(trials),
        share=len(trials) / played.asked if played.asked else 0.0,
        routing=_method(played, OURS),
        baselines={name: _method(played, name) for name in BASELINES},
        intervals={name: _intervals(trials, name) for name in BASELINES},
        load_cap=_load_cap(played, max_share),
    )


def _scores(lists: Sequence[Sequence[int]], right: Sequence[Collection[int]]) -> Scores:
    n = len(lists)
    pairs = list(zip(lists, right, strict=True))
    return Scores(
        n=n,
        hit_1=sum(hit(ranked, ok, 1) for ranked, ok in pairs) / max(1, n),
        hit_5=sum(hit(ranked, ok, 5) for ranked, ok in pairs) / max(1, n),
        mrr_10=sum(reciprocal_rank(ranked, ok, 10) for ranked, ok in pairs) / max(1, n),
    )


def _method(played: Replay, name: str) -> MethodReport:
    lists = [trial.proposals[name] for trial in played.trials]
    others = [
        ([p for p in trial.proposals[name] if p not in played.busiest], trial.answerers - played.busiest)
        for trial in played.trials
        if trial.answerers - played.busiest
    ]
    load = _load([ranked[:5] for ranked in lists], played.known)
    return MethodReport(
        any=_scores(lists, [trial.answerers for trial in played.trials]),
        accepted=_scores(lists, [(trial.chosen,) for trial in played.trials]),
        without_busiest=_scores([ranked for ranked, _ in others], [right for _, right in others]),
        max_share=max(load.values(), default=0) / max(1, len(lists)),
        gini=gini(load.values()),
    )


def _load(lists: Sequence[Sequence[int]], known: Collection[int]) -> Counter[int]:
    """How many lists each known person is in, those in none included."""
    load: Counter[int] = Counter(dict.fromkeys(known, 0))
    for ranked in lists:
        load.update(ranked)
    return load


def _intervals(trials: Sequence[Trial], baseline: str) -> dict[str, Interval]:
    """Routing minus the baseline, for anyone who answered."""
    return {
        "hit@5": paired_difference(
            [hit(t.proposals[OURS], t.answerers, 5) for t in trials],
            [hit(t.proposals[baseline], t.answerers, 5) for t in trials],
        ),
        "mrr@10": paired_difference(
            [reciprocal_rank(t.proposals[OURS], t.answerers) for t in trials],
            [reciprocal_rank(t.proposals[baseline], t.answerers) for t in trials],
        ),
    }


def _load_cap(played: Replay, max_share: float) -> LoadCapReport:
    fair = FairLists(max_share)
    fair.rehearse(played.rehearsal)
    lists = [fair.choose(trial.chances) for trial in played.trials]
    n = max(1, len(lists))
    capped = sum(hit(ranked, t.answerers, 5) for ranked, t in zip(lists, played.trials, strict=True)) / n
    free = sum(hit(t.proposals[OURS], t.answerers, 5) for t in played.trials) / n
    load = _load(lists, played.known)
    return LoadCapReport(max_share, fair.largest_share, capped, free - capped, gini(load.values()))
